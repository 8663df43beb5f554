import * as contracts from '@ledger/contracts';
import { defineOutboxProducer } from '@ledger/messaging';

export const producers = {
  booked: defineOutboxProducer({
    broker: 'work',
    to: { exchange: 'entries' },
    messages: [contracts.entryBooked],
  }),
};
