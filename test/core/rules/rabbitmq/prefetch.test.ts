import { prefetch } from '../../../../core/rules/rabbitmq/prefetch.ts';
import { testRule } from '../tester.ts';

testRule(prefetch, {
  valid: [
    {
      name: 'enough to keep the handlers busy',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 32, concurrency: 8, processing: { p50: 15ms, p99: 40ms } } }
`,
      byDefault: [],
    },
    {
      name: 'a missing number, by generated default',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      byDefault: ['consumers/work consumers.prefetch'],
    },
    {
      name: 'many slow messages, but not ten times as many as are worked on',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 20, processing: { p99: 5s } } }
`,
    },
    {
      name: 'as much as pays off for very fast handlers',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 300, concurrency: 100, processing: { p50: 1ms } } }
`,
    },
    {
      name: 'more than 2,000 from a classic queue',
      design: `
queues: { jobs: { broker: mq, type: classic } }
consumers: { work: { channel: jobs, prefetch: 5000, processing: { p50: 1ms } } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: aws } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'no limit, where the processing time is known',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 0, concurrency: 2, processing: { p50: 4ms } } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 6, concurrency: 2, processing: { p50: 4ms } } }
`,
      finds: [{ messageId: 'unlimited', element: 'consumers/work', field: 'prefetch' }],
    },
    {
      name: 'no limit on a stream, where nothing else is known',
      design: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events, prefetch: 0 } }
`,
      becomes: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events } }
`,
      finds: [{ messageId: 'unlimited', element: 'consumers/read', field: 'prefetch' }],
    },
    {
      name: 'more than a quorum queue gives a consumer without a limit',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 2001 } }
`,
      finds: [{ messageId: 'above-quorum', element: 'consumers/work', field: 'prefetch' }],
    },
    {
      name: 'fewer messages than handlers',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 4, concurrency: 8, processing: { p50: 100ms } } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 16, concurrency: 8, processing: { p50: 100ms } } }
`,
      finds: [{ messageId: 'idle', element: 'consumers/work', field: 'prefetch', severity: 'warn' }],
    },
    {
      name: 'too few for a distant broker',
      design: `
brokers: { mq: { kind: rabbitmq, roundTrip: 100ms } }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 20, processing: { p50: 4ms } } }
`,
      becomes: `
brokers: { mq: { kind: rabbitmq, roundTrip: 100ms } }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 26, processing: { p50: 4ms } } }
`,
      finds: [{ messageId: 'idle', element: 'consumers/work', field: 'prefetch', severity: 'warn' }],
    },
    {
      name: 'a hundred messages of ten seconds in one instance',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 100, concurrency: 4, processing: { p99: 10s } } }
`,
      finds: [{ messageId: 'hoards', element: 'consumers/work', field: 'prefetch', severity: 'warn' }],
    },
  ],
  unknown: [
    {
      name: 'a number without a processing time',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 10 } }
`,
      asks: ['consumers/work consumers.processing'],
    },
  ],
});
