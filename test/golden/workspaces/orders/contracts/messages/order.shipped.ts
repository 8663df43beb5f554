import { defineMessage } from '@orders/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/order.shipped.json' with { type: 'json' };

/** Body of order.shipped, version 1. */
export interface OrderShipped {
  orderId: string;
  trackingCode: string;
}

export const orderShipped = defineMessage<OrderShipped>()({
  type: 'order.shipped',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
