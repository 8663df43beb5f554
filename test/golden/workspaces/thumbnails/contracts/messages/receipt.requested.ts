import { defineMessage } from '@thumbnails/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/receipt.requested.json' with { type: 'json' };

/** Body of receipt.requested, version 1. */
export interface ReceiptRequested {
  pictureId: string;
  ownerId: string;
  language: 'de' | 'en' | 'fr';
}

export const receiptRequested = defineMessage<ReceiptRequested>()({
  type: 'receipt.requested',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/ownerId',
  validate: compile(schema),
});
