import { retryReorders } from '../../../../core/rules/ordering/retry-reorders.ts';
import { testRule } from '../tester.ts';

testRule(retryReorders, {
  valid: [
    {
      name: 'retries in the worker and a parked key',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, retry: { mode: in-process }, onFailure: park-key, deadLetter: true } }
flows: { f: { to: [read], ordering: per-key } }
`,
      byDefault: [],
    },
    {
      name: 'no retries stated, by generated default',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, onFailure: stop } }
flows: { f: { to: [read], ordering: total } }
`,
      byDefault: ['consumers/read consumers.retry'],
    },
    {
      name: 'a FIFO queue, whose group waits',
      design: `
queues: { jobs.fifo: { broker: aws, type: fifo, retry: { mode: visibility } } }
consumers: { work: { channel: jobs.fifo, onFailure: stop } }
flows: { f: { to: [work], ordering: per-key } }
`,
    },
    {
      name: 'a flow without order',
      design: `
queues: { jobs: { broker: mq, retry: standard, deadLetter: true } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], ordering: none } }
`,
    },
    {
      name: 'a single attempt',
      design: `
queues: { jobs: { broker: mq, retry: none } }
consumers: { work: { channel: jobs, onFailure: stop } }
flows: { f: { to: [work], ordering: per-key } }
`,
    },
  ],
  invalid: [
    {
      name: 'a retry topic',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, retry: { mode: retry-topic, maxAttempts: 3 }, onFailure: stop } }
flows: { f: { to: [read], ordering: per-key } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, retry: { mode: in-process, maxAttempts: 3 }, onFailure: stop } }
flows: { f: { to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'retry', element: 'consumers/read', field: 'retry' }],
    },
    {
      name: 'delay queues of a policy that others share',
      design: `
retryPolicies: { quick: { mode: delayed-queue, maxAttempts: 3 } }
queues: { jobs: { broker: mq, retry: quick } }
consumers: { work: { channel: jobs, retry: quick, onFailure: stop } }
flows: { f: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'retry', element: 'consumers/work', field: 'retry' }],
    },
    {
      name: 'a redelivery by the broker',
      design: `
streams: { events: { broker: log } }
queues: { jobs: { broker: redis, retry: standard } }
consumers: { work: { channel: jobs, onFailure: stop } }
flows: { f: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'retry', element: 'consumers/work', field: 'retry' }],
    },
    {
      name: 'a dead-letter queue on RabbitMQ, where nothing can be generated that holds the key back',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'dead-letter', element: 'consumers/work', field: 'onFailure', noFix: true }],
    },
    {
      name: 'a dead-letter stream after which the key goes on',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, retry: { mode: in-process }, deadLetter: true } }
flows: { f: { to: [read], ordering: per-key } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, retry: { mode: in-process }, deadLetter: true, onFailure: stop } }
flows: { f: { to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'dead-letter', element: 'consumers/read', field: 'onFailure' }],
    },
    {
      name: 'a dead-letter queue of SQS after which the group goes on',
      design: `
queues: { jobs.fifo: { broker: aws, type: fifo, retry: { mode: visibility }, deadLetter: true } }
consumers: { work: { channel: jobs.fifo } }
flows: { f: { to: [work], ordering: per-key } }
`,
      becomes: `
queues: { jobs.fifo: { broker: aws, type: fifo, retry: { mode: visibility }, deadLetter: true } }
consumers: { work: { channel: jobs.fifo, onFailure: stop } }
flows: { f: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'dead-letter', element: 'consumers/work', field: 'onFailure' }],
    },
  ],
});
