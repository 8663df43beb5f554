import { defineMessage } from '@orders/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/order.created.json' with { type: 'json' };

/** Body of order.created, version 1. */
export interface OrderCreated {
  orderId: string;
  customerId: string;
  totalCents: number;
  currency: string;
}

export const orderCreated = defineMessage<OrderCreated>()({
  type: 'order.created',
  version: 1,
  // 16KiB, checked before a send and on receipt
  maxBytes: 16384,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
