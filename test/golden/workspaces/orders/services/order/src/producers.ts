import * as contracts from '@orders/contracts';
import { defineProducer } from '@orders/messaging';

export const producers = {
  orderLog: defineProducer({
    broker: 'events',
    to: { topic: 'order.events' },
    messages: [contracts.orderCreated],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
    // rides out the election of a new leader
    timeoutMs: 120000,
  }),
  checkout: defineProducer({
    broker: 'work',
    to: { exchange: 'orders' },
    messages: [contracts.orderCreated],
  }),
};
