import { fifoThroughput } from '../../../../core/rules/sqs/fifo-throughput.ts';
import { testRule } from '../tester.ts';

testRule(fifoThroughput, {
  valid: [
    {
      name: '3,000 messages a second in full batches',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { a: { channel: jobs, rate: { peak: 1000/s } }, b: { channel: jobs, rate: { peak: 2000/s } } }
`,
    },
    {
      name: 'more with high throughput',
      design: `
queues: { jobs: { broker: aws, type: fifo, fifo: { highThroughput: true } } }
producers: { tell: { channel: jobs, rate: { peak: 9000/s }, keyCardinality: 100000 } }
`,
    },
    {
      name: 'a standard queue',
      design: `
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, rate: { peak: 9000/s } } }
`,
    },
    {
      name: 'a FIFO queue to which nobody sends here',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
`,
    },
  ],
  invalid: [
    {
      name: 'the sum of two producers, directly and through a topic',
      design: `
messages: { order.created: {} }
topics: { events: { broker: sns, fifo: true } }
queues: { jobs: { broker: aws, type: fifo } }
subscriptions: { all: { topic: events, endpoint: jobs } }
producers:
  a: { channel: jobs, rate: { peak: 2000/s } }
  b: { channel: events, messages: [order.created], rate: { peak: 2000/s } }
`,
      becomes: `
messages: { order.created: {} }
topics: { events: { broker: sns, fifo: true } }
queues: { jobs: { broker: aws, type: fifo, fifo: { highThroughput: true } } }
subscriptions: { all: { topic: events, endpoint: jobs } }
producers:
  a: { channel: jobs, rate: { peak: 2000/s } }
  b: { channel: events, messages: [order.created], rate: { peak: 2000/s } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'fifo' }],
    },
    {
      name: 'single messages',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs, rate: { peak: 400/s } } }
consumers: { work: { channel: jobs, batchSize: 1 } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'fifo' }],
    },
    {
      name: 'half of everything in one group',
      design: `
queues: { jobs: { broker: aws, type: fifo, fifo: { highThroughput: true } } }
producers: { tell: { channel: jobs, rate: { peak: 9000/s }, hotKeyShare: 0.5 } }
`,
      finds: [{ messageId: 'group', element: 'queues/jobs', field: 'fifo', noFix: true }],
    },
    {
      name: 'two groups',
      design: `
queues: { jobs: { broker: aws, type: fifo, fifo: { highThroughput: true } } }
producers: { tell: { channel: jobs, rate: { peak: 9000/s }, keyCardinality: 2 } }
`,
      finds: [{ messageId: 'group', element: 'queues/jobs', field: 'fifo', noFix: true }],
    },
  ],
  unknown: [
    {
      name: 'a producer without a rate beside one with',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
producers: { a: { channel: jobs, rate: { peak: 5000/s } }, b: { channel: jobs, rate: { avg: 1/s } } }
`,
      asks: ['producers/b producers.rate'],
    },
  ],
});
