import * as contracts from '@fulfilment/contracts';
import { defineProducer } from '@fulfilment/messaging';

export const producers = {
  paymentEvents: defineProducer({
    broker: 'work',
    to: { exchange: 'orders' },
    messages: [contracts.orderPaid],
  }),
};
