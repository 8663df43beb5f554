import { durableAndPersistent } from '../../../../core/rules/rabbitmq/durable-and-persistent.ts';
import { testRule } from '../tester.ts';

testRule(durableAndPersistent, {
  valid: [
    {
      name: 'durable channels and persistent messages',
      design: `
exchanges: { events: { broker: mq, durable: true } }
queues: { jobs: { broker: mq, durable: true } }
producers: { tell: { channel: events, persistent: true } }
`,
      byDefault: [],
    },
    {
      name: 'missing attributes, by generated default',
      design: `
exchanges: { events: { broker: mq } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: events } }
`,
      byDefault: [
        'exchanges/events exchanges.durable',
        'queues/jobs queues.durable',
        'producers/tell producers.persistent',
      ],
    },
    {
      name: 'transient messages that may be lost',
      design: `
exchanges: { samples: { broker: mq, durable: false, criticality: lossTolerant } }
queues: { values: { broker: mq, type: classic, durable: false, criticality: lossTolerant } }
producers: { measure: { channel: samples, persistent: false } }
flows: { sample: { from: [measure], criticality: lossTolerant } }
`,
    },
    {
      name: 'an exclusive queue, which ends with its connection',
      design: `
queues: { replies: { broker: mq, type: classic, durable: false, exclusive: true } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a transient exchange',
      design: `
exchanges: { events: { broker: mq, durable: false } }
`,
      becomes: `
exchanges: { events: { broker: mq, durable: true } }
`,
      finds: [{ messageId: 'exchange', element: 'exchanges/events', field: 'durable' }],
    },
    {
      name: 'a transient queue',
      design: `
queues: { jobs: { broker: mq, type: classic, durable: false } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'durable' }],
    },
    {
      name: 'transient messages in a local design, one step milder',
      design: `
design: { name: test, environment: local }
brokers: { mq: { kind: rabbitmq } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, persistent: false } }
`,
      becomes: `
design: { name: test, environment: local }
brokers: { mq: { kind: rabbitmq } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, persistent: true } }
`,
      finds: [{ messageId: 'producer', element: 'producers/tell', field: 'persistent', severity: 'warn' }],
    },
  ],
});
