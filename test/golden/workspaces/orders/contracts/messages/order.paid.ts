import { defineMessage } from '@orders/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/order.paid.json' with { type: 'json' };

/** Body of order.paid, version 1. */
export interface OrderPaid {
  orderId: string;
  paymentId: string;
}

export const orderPaid = defineMessage<OrderPaid>()({
  type: 'order.paid',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
