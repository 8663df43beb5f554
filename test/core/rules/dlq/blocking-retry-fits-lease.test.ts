import { blockingRetryFitsLease } from '../../../../core/rules/dlq/blocking-retry-fits-lease.ts';
import { testRule } from '../tester.ts';

testRule(blockingRetryFitsLease, {
  valid: [
    {
      name: 'short retries on Kafka',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 20ms }, retry: { mode: in-process, maxAttempts: 5, baseDelay: 200ms, maxDelay: 5s } } }
`,
    },
    {
      name: 'retries elsewhere, however long',
      design: `
queues: { jobs: { broker: mq, retry: standard } }
consumers: { work: { channel: jobs, processing: { p99: 10m } } }
`,
    },
    {
      name: 'a heartbeat on SQS',
      design: `
queues: { jobs: { broker: aws, visibility: 30s } }
consumers: { work: { channel: jobs, heartbeat: true, processing: { p99: 10s }, retry: { mode: in-process } } }
`,
    },
    {
      name: 'a broker without a lease',
      design: `
streams: { events: { broker: kinesis } }
consumers: { read: { channel: events, processing: { p99: 10m }, retry: { mode: in-process } } }
`,
    },
  ],
  invalid: [
    {
      name: 'ten slow messages on SQS',
      design: `
queues: { jobs: { broker: aws, visibility: 60s } }
consumers: { work: { channel: jobs, processing: { p99: 10s }, retry: { mode: in-process, maxAttempts: 3, baseDelay: 1s } } }
`,
      becomes: `
queues: { jobs: { broker: aws, visibility: 60s } }
consumers: { work: { channel: jobs, processing: { p99: 10s }, retry: { mode: visibility, maxAttempts: 3, baseDelay: 1s } } }
`,
      finds: [{ messageId: 'too-long', element: 'consumers/work', field: 'retry' }],
    },
    {
      name: 'a poll of Kafka with long waits, in an ordered flow',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 20ms }, retry: { mode: in-process, maxAttempts: 10, baseDelay: 10s, maxDelay: 600s } } }
flows: { f: { to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'too-long', element: 'consumers/read', field: 'retry', noFix: true }],
    },
    {
      name: 'a queue of RabbitMQ with a policy that others share',
      design: `
retryPolicies: { patient: { mode: in-process, maxAttempts: 10, baseDelay: 60s, maxDelay: 30m } }
queues: { jobs: { broker: mq, retry: patient } }
consumers: { work: { channel: jobs, processing: { p99: 1s } } }
`,
      finds: [{ messageId: 'too-long', element: 'consumers/work', field: 'retry', noFix: true }],
    },
    {
      name: 'entries of Redis that are taken over',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, processing: { p99: 30s }, retry: { mode: in-process, maxAttempts: 3, baseDelay: 1s } } }
`,
      finds: [{ messageId: 'too-long', element: 'consumers/read', field: 'retry' }],
    },
    {
      name: 'no last attempt',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, retry: { mode: in-process, maxAttempts: -1 } } }
`,
      finds: [{ messageId: 'endless', element: 'consumers/work', field: 'retry' }],
    },
  ],
  unknown: [
    {
      name: 'a handler whose time is not stated',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, retry: { mode: in-process } } }
`,
      asks: ['consumers/work consumers.processing'],
    },
  ],
});
