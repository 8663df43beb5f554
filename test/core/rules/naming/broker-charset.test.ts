import { brokerCharset } from '../../../../core/rules/naming/broker-charset.ts';
import { testRule } from '../tester.ts';

testRule(brokerCharset, {
  valid: [
    {
      name: 'names that every broker takes',
      design: `
queues: { jobs: { broker: mq }, tasks: { broker: aws }, ordered.fifo: { broker: aws, type: fifo, name: ordered.fifo } }
topics: { news: { broker: sns } }
streams: { order.events: { broker: log }, clicks: { broker: kinesis } }
`,
    },
    {
      name: 'dots and slashes on RabbitMQ',
      design: `
queues: { jobs: { broker: mq, name: "shop/jobs now" } }
`,
    },
    {
      name: 'an implied dead-letter queue, which the generator names',
      design: `
queues: { jobs: { broker: aws, deadLetter: true } }
`,
    },
    {
      name: 'names that differ in dots on two clusters',
      design: `
brokers: { one: { kind: kafka }, two: { kind: kafka } }
streams: { a.b: { broker: one }, a_b: { broker: two } }
`,
    },
  ],
  invalid: [
    {
      name: 'a dot on SQS',
      design: `
queues: { order.jobs: { broker: aws } }
`,
      becomes: `
queues: { order.jobs: { broker: aws, name: order-jobs } }
`,
      finds: [{ messageId: 'charset', element: 'queues/order.jobs' }],
    },
    {
      name: 'a space on Kafka',
      design: `
streams: { events: { broker: log, name: order events } }
`,
      becomes: `
streams: { events: { broker: log, name: order-events } }
`,
      finds: [{ messageId: 'charset', element: 'streams/events', field: 'name' }],
    },
    {
      name: 'a long name on SQS',
      design: `
queues: { qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq: { broker: aws } }
`,
      finds: [
        {
          messageId: 'long',
          element: 'queues/qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',
        },
      ],
    },
    {
      name: 'a name of many bytes on RabbitMQ',
      design: `
queues: { jobs: { broker: mq, name: "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää" } }
`,
      finds: [{ messageId: 'long', element: 'queues/jobs', field: 'name' }],
    },
    {
      name: 'a FIFO queue without the ending',
      design: `
queues: { jobs: { broker: aws, type: fifo } }
`,
      becomes: `
queues: { jobs: { broker: aws, type: fifo, name: jobs.fifo } }
`,
      finds: [{ messageId: 'fifo', element: 'queues/jobs' }],
    },
    {
      name: 'a standard topic with the ending',
      design: `
topics: { news.fifo: { broker: sns } }
`,
      becomes: `
topics: { news.fifo: { broker: sns, name: news } }
`,
      finds: [{ messageId: 'not-fifo', element: 'topics/news.fifo' }],
    },
    {
      name: 'a reserved name',
      design: `
exchanges: { amq.events: { broker: mq } }
`,
      becomes: `
exchanges: { amq.events: { broker: mq, name: events } }
`,
      finds: [{ messageId: 'reserved', element: 'exchanges/amq.events' }],
    },
    {
      name: 'two topics whose metrics collide',
      design: `
streams: { a.b: { broker: log }, a_b: { broker: log } }
`,
      finds: [{ messageId: 'collision', element: 'streams/a_b', noFix: true }],
    },
  ],
});
