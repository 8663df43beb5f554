import { defineMessage } from '@ledger/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/entry.booked.json' with { type: 'json' };

/** Body of entry.booked, version 1. */
export interface EntryBooked {
  orderId: string;
}

export const entryBooked = defineMessage<EntryBooked>()({
  type: 'entry.booked',
  version: 1,
  // 4KiB, checked before a send and on receipt
  maxBytes: 4096,
  envelope: 'domain-event',
  aggregateIdPath: '/orderId',
  validate: compile(schema),
});
