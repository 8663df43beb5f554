import * as contracts from '@orders/contracts';
import { defineProducer } from '@orders/messaging';

export const producers = {
  shipmentLog: defineProducer({
    broker: 'events',
    to: { topic: 'order.events' },
    messages: [contracts.orderShipped],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
    // rides out the election of a new leader
    timeoutMs: 120000,
  }),
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
