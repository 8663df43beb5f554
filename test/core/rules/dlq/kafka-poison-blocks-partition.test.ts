import { kafkaPoisonBlocksPartition } from '../../../../core/rules/dlq/kafka-poison-blocks-partition.ts';
import { testRule } from '../tester.ts';

testRule(kafkaPoisonBlocksPartition, {
  valid: [
    {
      name: 'a dead-letter stream behind bounded retries',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: true, retry: standard } }
`,
    },
    {
      name: 'a stop where order forbids to go on',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, onFailure: stop } }
flows: { f: { to: [read], ordering: per-key } }
`,
    },
    {
      name: 'a queue',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
    },
    {
      name: 'a RabbitMQ stream',
      design: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events } }
`,
    },
    {
      name: 'a reader of dead letters',
      design: `
streams: { events: { broker: log }, dead: { broker: log } }
consumers: { read: { channel: events, deadLetter: dead }, look: { channel: dead } }
`,
    },
  ],
  invalid: [
    {
      name: 'nowhere to put a record',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: true } }
`,
      finds: [{ messageId: 'no-way-out', element: 'consumers/read', field: 'deadLetter' }],
    },
    {
      name: 'retries without end',
      design: `
streams: { events: { broker: kinesis } }
consumers: { read: { channel: events, deadLetter: true, retry: { maxAttempts: -1 } } }
`,
      finds: [{ messageId: 'endless', element: 'consumers/read', field: 'retry' }],
    },
    {
      name: 'a named policy without end',
      design: `
retryPolicies: { patient: { maxAttempts: -1 } }
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: true, retry: patient } }
`,
      finds: [{ messageId: 'endless', element: 'consumers/read', field: 'retry' }],
    },
    {
      name: 'a stop where nothing forbids to go on',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, onFailure: stop } }
flows: { f: { to: [read], ordering: none } }
`,
      finds: [{ messageId: 'stop', element: 'consumers/read', field: 'onFailure' }],
    },
  ],
});
