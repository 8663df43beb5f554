import { visibilityVsBatch } from '../../../../core/rules/sqs/visibility-vs-batch.ts';
import { testRule } from '../tester.ts';

testRule(visibilityVsBatch, {
  valid: [
    {
      name: 'a timeout of one and a half batches',
      design: `
queues: { jobs: { broker: aws, visibility: 15m } }
consumers: { work: { channel: jobs, batchSize: 10, processing: { p99: 60s } } }
`,
      byDefault: [],
    },
    {
      name: 'a batch that is worked on at once, by generated default',
      design: `
queues: { jobs: { broker: aws } }
consumers: { work: { channel: jobs, concurrency: 10, processing: { p99: 20s } } }
`,
      byDefault: ['queues/jobs queues.visibility'],
    },
    {
      name: 'a consumer that extends the timeout',
      design: `
queues: { jobs: { broker: aws } }
consumers: { work: { channel: jobs, heartbeat: true, processing: { p99: 1h } } }
`,
    },
    {
      name: 'a queue that nobody consumes',
      design: `
queues: { jobs: { broker: aws, visibility: 1s } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, processing: { p99: 1h } } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'ten messages of 45 s in 300 s',
      design: `
queues: { jobs: { broker: aws, visibility: 300s } }
consumers: { work: { channel: jobs, processing: { p50: 5s, p99: 45s } } }
`,
      becomes: `
queues: { jobs: { broker: aws, visibility: 675s } }
consumers: { work: { channel: jobs, processing: { p50: 5s, p99: 45s } } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'visibility' }],
    },
    {
      name: 'the slowest of two consumers, with the default of SQS',
      design: `
queues: { jobs: { broker: aws } }
consumers:
  fast: { channel: jobs, processing: { p99: 1s } }
  slow: { channel: jobs, batchSize: 4, concurrency: 2, processing: { p99: 20s } }
`,
      becomes: `
queues: { jobs: { broker: aws, visibility: 1m } }
consumers:
  fast: { channel: jobs, processing: { p99: 1s } }
  slow: { channel: jobs, batchSize: 4, concurrency: 2, processing: { p99: 20s } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'visibility' }],
    },
    {
      name: 'a batch that takes longer than SQS can hide it',
      design: `
queues: { jobs: { broker: aws, visibility: 12h } }
consumers: { work: { channel: jobs, processing: { p99: 1h } } }
`,
      becomes: `
queues: { jobs: { broker: aws, visibility: 12h } }
consumers: { work: { channel: jobs, processing: { p99: 1h }, heartbeat: true } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'visibility' }],
    },
    {
      name: 'a timeout that SQS refuses',
      design: `
queues: { jobs: { broker: aws, visibility: 1d } }
`,
      finds: [{ messageId: 'refused', element: 'queues/jobs', field: 'visibility' }],
    },
  ],
  unknown: [
    {
      name: 'a consumer whose processing time is not stated',
      design: `
queues: { jobs: { broker: aws, visibility: 5m } }
consumers: { work: { channel: jobs } }
`,
      asks: ['consumers/work consumers.processing'],
    },
  ],
});
