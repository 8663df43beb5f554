import * as contracts from '@fulfilment/contracts';
import { defineProducer } from '@fulfilment/messaging';

export const producers = {
  checkout: defineProducer({
    broker: 'work',
    to: { exchange: 'orders' },
    messages: [contracts.orderCreated],
  }),
};
