import { partitionKeyRequired } from '../../../../core/rules/ordering/partition-key-required.ts';
import { testRule } from '../tester.ts';

testRule(partitionKeyRequired, {
  valid: [
    {
      name: 'a producer with a partition key',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, partitionKey: /orderId } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
    },
    {
      name: 'messages with an aggregate id, by generated default',
      design: `
messages: { order.created: { aggregateIdPath: /orderId } }
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [order.created] } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      byDefault: ['producers/tell producers.partitionKey'],
    },
    {
      name: 'a stream with one partition',
      design: `
streams: { events: { broker: log, partitions: 1 } }
producers: { tell: { channel: events } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
    },
    {
      name: 'a flow without order',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
flows: { pay: { from: [tell], ordering: none } }
`,
    },
    {
      name: 'a RabbitMQ exchange, which has no partitions',
      design: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
    },
    {
      name: 'a message group on a FIFO queue',
      design: `
queues: { jobs.fifo: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs.fifo, messageGroupId: /orderId } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
    },
  ],
  invalid: [
    {
      name: 'a producer without a key on a flow that names one',
      design: `
messages: { order.created: {} }
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [order.created] } }
flows: { pay: { from: [tell], ordering: per-key, orderingKey: /orderId } }
`,
      becomes: `
messages: { order.created: {} }
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [order.created], partitionKey: /orderId } }
flows: { pay: { from: [tell], ordering: per-key, orderingKey: /orderId } }
`,
      finds: [{ messageId: 'partition', element: 'producers/tell', field: 'partitionKey' }],
    },
    {
      name: 'one message without an aggregate id, where nobody has named the key',
      design: `
messages: { order.created: { aggregateIdPath: /orderId }, order.paid: {} }
streams: { events: { broker: kinesis } }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      finds: [{ messageId: 'partition', element: 'producers/tell', field: 'partitionKey', noFix: true }],
    },
    {
      name: 'a producer without messages',
      design: `
streams: { events: { broker: redis } }
producers: { tell: { channel: events } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      finds: [{ messageId: 'partition', element: 'producers/tell', field: 'partitionKey', noFix: true }],
    },
    {
      name: 'a FIFO topic without a message group, whose messages share an aggregate id',
      design: `
messages: { order.created: { aggregateIdPath: /orderId }, order.paid: { aggregateIdPath: /orderId } }
topics: { events: { broker: sns, fifo: true } }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      finds: [{ messageId: 'group', element: 'producers/tell', field: 'messageGroupId' }],
    },
  ],
});
