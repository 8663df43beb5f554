import * as contracts from '@fulfilment/contracts';
import { defineProducer } from '@fulfilment/messaging';

export const producers = {
  pickList: defineProducer({
    broker: 'work',
    to: { exchange: 'picking' },
    messages: [contracts.pickRequested],
  }),
  shippingEvents: defineProducer({
    broker: 'work',
    to: { exchange: 'shipped' },
    messages: [contracts.orderShipped],
  }),
  labelRequests: defineProducer({
    broker: 'work',
    to: { exchange: 'labels' },
    messages: [contracts.labelRequested],
    headers: () => ({ carrier: 'express' }),
  }),
};
