import { fifoGroupKey } from '../../../../core/rules/sqs/fifo-group-key.ts';
import { testRule } from '../tester.ts';

testRule(fifoGroupKey, {
  valid: [
    {
      name: 'many groups for a few handlers',
      design: `
services: { work: { replicas: { max: 4 } } }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messageGroupId: /orderId, keyCardinality: 64 } }
consumers: { work: { channel: jobs, concurrency: 8 } }
`,
      byDefault: [],
    },
    {
      name: 'messages with an aggregate id, by generated default',
      design: `
messages: { order.created: { aggregateIdPath: /orderId } }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messages: [order.created] } }
consumers: { work: { channel: jobs } }
`,
      byDefault: ['producers/tell producers.messageGroupId'],
    },
    {
      name: 'a flow with order, which is about its key',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      byDefault: [],
    },
    {
      name: 'a standard queue, where a group is for fairness',
      design: `
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, messageGroupId: all } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'no group, where one of the messages has no aggregate id',
      design: `
messages: { order.created: { aggregateIdPath: /orderId }, order.paid: {} }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messages: [order.created, order.paid] } }
`,
      finds: [{ messageId: 'missing', element: 'producers/tell', field: 'messageGroupId', noFix: true }],
    },
    {
      name: 'no group and no messages',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs } }
`,
      finds: [{ messageId: 'missing', element: 'producers/tell', field: 'messageGroupId', noFix: true }],
    },
    {
      name: 'one group for everything',
      design: `
messages: { order.created: { aggregateIdPath: /orderId } }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messages: [order.created], messageGroupId: orders } }
`,
      becomes: `
messages: { order.created: { aggregateIdPath: /orderId } }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messages: [order.created], messageGroupId: /orderId } }
`,
      finds: [{ messageId: 'constant', element: 'producers/tell', field: 'messageGroupId' }],
    },
    {
      name: 'fewer groups than handlers',
      design: `
services: { work: { replicas: { max: 4 } } }
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messageGroupId: /country, keyCardinality: 27 } }
consumers: { work: { channel: jobs, concurrency: 8 } }
`,
      finds: [
        {
          messageId: 'few',
          element: 'producers/tell',
          field: 'keyCardinality',
          severity: 'warn',
          noFix: true,
        },
      ],
    },
  ],
  unknown: [
    {
      name: 'several handlers and nobody knows how many groups',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, messageGroupId: /orderId } }
consumers: { work: { channel: jobs, concurrency: 2 } }
`,
      asks: ['producers/tell producers.keyCardinality'],
    },
  ],
});
