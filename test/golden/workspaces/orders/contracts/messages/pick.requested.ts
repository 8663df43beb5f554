import { defineMessage } from '@orders/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/pick.requested.json' with { type: 'json' };

/** Body of pick.requested, version 1. */
export interface PickRequested {
  orderId: string;
  sku: string;
  quantity: number;
}

export const pickRequested = defineMessage<PickRequested>()({
  type: 'pick.requested',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
