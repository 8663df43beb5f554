import * as contracts from '@orders/contracts';
import { defineProducer } from '@orders/messaging';

export const producers = {
  paymentEvents: defineProducer({
    broker: 'work',
    to: { exchange: 'orders' },
    messages: [contracts.orderPaid],
  }),
};
