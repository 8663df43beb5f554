import * as contracts from '@ledger/contracts';
import { defineOutboxProducer } from '@ledger/messaging';

export const producers = {
  placeOrder: defineOutboxProducer({
    broker: 'work',
    to: { exchange: 'orders' },
    messages: [contracts.orderPlaced],
  }),
};
