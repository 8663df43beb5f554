import { defineMessage } from '@orders/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/label.requested.json' with { type: 'json' };

/** Body of label.requested, version 1. */
export interface LabelRequested {
  orderId: string;
  address: string;
}

export const labelRequested = defineMessage<LabelRequested>()({
  type: 'label.requested',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
