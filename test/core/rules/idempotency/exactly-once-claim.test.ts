import { exactlyOnceClaim } from '../../../../core/rules/idempotency/exactly-once-claim.ts';
import { testRule } from '../tester.ts';

testRule(exactlyOnceClaim, {
  valid: [
    {
      name: 'Kafka to Kafka in transactions',
      design: `
streams: { in: { broker: log }, out: { broker: log } }
producers: { tell: { service: join, channel: out, transactionalId: join } }
consumers: { read: { service: join, channel: in, sink: { kind: kafka } } }
flows: { f: { to: [read], delivery: exactly-once } }
`,
    },
    {
      name: 'an honest claim',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], delivery: effectively-once } }
`,
    },
  ],
  invalid: [
    {
      name: 'a queue on RabbitMQ',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], delivery: exactly-once } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], delivery: effectively-once } }
`,
      finds: [{ messageId: 'broker', element: 'flows/f', field: 'delivery' }],
    },
    {
      name: 'Kafka to a database',
      design: `
streams: { in: { broker: log }, out: { broker: log } }
consumers: { read: { channel: in, sink: { kind: database } } }
flows: { f: { to: [read], delivery: exactly-once } }
`,
      finds: [{ messageId: 'sink', element: 'flows/f', field: 'delivery' }],
    },
    {
      name: 'Kafka to Kafka without transactions',
      design: `
streams: { in: { broker: log }, out: { broker: log } }
producers: { tell: { service: join, channel: out } }
consumers: { read: { service: join, channel: in, sink: { kind: kafka } } }
flows: { f: { to: [read], delivery: exactly-once } }
`,
      finds: [{ messageId: 'transaction', element: 'flows/f', field: 'delivery' }],
    },
  ],
  unknown: [
    {
      name: 'a consumer of Kafka that does not state its sink',
      design: `
streams: { in: { broker: log }, out: { broker: log } }
consumers: { read: { channel: in } }
flows: { f: { to: [read], delivery: exactly-once } }
`,
      asks: ['consumers/read consumers.sink'],
    },
  ],
});
