import { competingServicesOnQueue } from '../../../../core/rules/pattern/competing-services-on-queue.ts';
import { testRule } from '../tester.ts';

testRule(competingServicesOnQueue, {
  valid: [
    {
      name: 'two consumers of one service',
      design: `
services: { shop: {} }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs }, help: { service: shop, channel: jobs } }
`,
    },
    {
      name: 'services with a group each on one stream',
      design: `
streams: { events: { broker: log } }
consumers: { bill: { channel: events }, ship: { channel: events } }
`,
    },
  ],
  invalid: [
    {
      name: 'a bound queue with two services',
      design: `
exchanges: { events: { broker: mq } }
queues:
  orders:
    broker: mq # everyone reads from here
    name: orders-v2
    deadLetter: true
bindings:
  orders-all: { source: events, destination: orders, routingKey: "order.#" }
consumers: { bill: { channel: orders }, ship: { channel: orders }, count: { channel: orders } }
`,
      becomes: `
exchanges: { events: { broker: mq } }
queues:
  orders:
    broker: mq # everyone reads from here
    name: orders-v2
    deadLetter: true
  orders.ship:
    broker: mq
    deadLetter: true
  orders.count:
    broker: mq
    deadLetter: true
bindings:
  orders-all: { source: events, destination: orders, routingKey: "order.#" }
  orders-all.ship: { source: events, destination: orders.ship, routingKey: order.# }
  orders-all.count: { source: events, destination: orders.count, routingKey: order.# }
consumers: { bill: { channel: orders }, ship: { channel: orders.ship }, count: { channel: orders.count } }
`,
      finds: [{ messageId: 'queue', element: 'queues/orders' }],
    },
    {
      name: 'a queue that producers write to directly, which no binding can copy',
      design: `
queues: { orders: { broker: mq } }
producers: { sell: { channel: orders } }
consumers: { bill: { channel: orders }, ship: { channel: orders } }
`,
      finds: [{ messageId: 'queue', element: 'queues/orders', noFix: true }],
    },
    {
      name: 'a group that two services share',
      design: `
streams: { events: { broker: log } }
consumers:
  bill: { channel: events, group: readers }
  ship: { channel: events, group: readers }
`,
      becomes: `
streams: { events: { broker: log } }
consumers:
  bill: { channel: events, group: readers }
  ship: { channel: events }
`,
      finds: [{ messageId: 'group', element: 'streams/events' }],
    },
  ],
});
