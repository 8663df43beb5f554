import { declared } from '../../../../core/rules/retention/declared.ts';
import { testRule } from '../tester.ts';

testRule(declared, {
  valid: [
    {
      name: 'a stated retention',
      design: `
streams: { events: { broker: log, retention: 30d } }
`,
    },
    {
      name: 'a topic that is bound by size',
      design: `
streams: { events: { broker: log, retentionBytes: 10GiB } }
`,
    },
    {
      name: 'a compacted topic',
      design: `
streams: { events: { broker: log, cleanup: compact } }
`,
    },
    {
      name: 'RabbitMQ, which has no default',
      design: `
queues: { jobs: { broker: mq } }
`,
    },
    {
      name: 'an implied dead-letter queue',
      design: `
queues: { jobs: { broker: aws, retention: 4d, deadLetter: true } }
`,
    },
  ],
  invalid: [
    {
      name: 'a Kafka topic',
      design: `
streams: { events: { broker: log } }
`,
      becomes: `
streams: { events: { broker: log, retention: 7d } }
`,
      finds: [{ messageId: 'missing', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'a Kinesis stream',
      design: `
streams: { events: { broker: kinesis } }
`,
      becomes: `
streams: { events: { broker: kinesis, retention: 24h } }
`,
      finds: [{ messageId: 'missing', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'an SQS queue',
      design: `
queues: { jobs: { broker: aws } }
`,
      becomes: `
queues: { jobs: { broker: aws, retention: 4d } }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs', field: 'retention' }],
    },
    {
      name: 'a topic that deletes and compacts',
      design: `
streams: { events: { broker: log, cleanup: both } }
`,
      finds: [{ messageId: 'missing', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'a channel where losses are accepted',
      design: `
streams: { events: { broker: log, criticality: lossTolerant } }
`,
      finds: [{ messageId: 'missing', element: 'streams/events', field: 'retention', severity: 'warn' }],
    },
  ],
});
