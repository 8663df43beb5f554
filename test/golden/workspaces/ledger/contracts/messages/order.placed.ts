import { defineMessage } from '@ledger/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/order.placed.json' with { type: 'json' };

/** Body of order.placed, version 1. */
export interface OrderPlaced {
  orderId: string;
  amount: number;
}

export const orderPlaced = defineMessage<OrderPlaced>()({
  type: 'order.placed',
  version: 1,
  // 16KiB, checked before a send and on receipt
  maxBytes: 16384,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
