import { pendingReclaim } from '../../../../core/rules/redis/pending-reclaim.ts';
import { testRule } from '../tester.ts';

testRule(pendingReclaim, {
  valid: [
    {
      name: 'twice the slow processing time',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, reclaim: { minIdle: 20s }, processing: { p99: 10s } } }
`,
      byDefault: [],
    },
    {
      name: 'a minute, by generated default',
      design: `
queues: { jobs: { broker: redis } }
consumers: { work: { channel: jobs, processing: { p99: 30s } } }
`,
      byDefault: ['consumers/work consumers.reclaim.minIdle'],
    },
    {
      name: 'entries that nobody acknowledges',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, noack: true } }
`,
    },
    {
      name: 'a Pub/Sub channel, and another broker',
      design: `
topics: { news: { broker: redis } }
streams: { events: { broker: log } }
consumers: { hear: { channel: news }, read: { channel: events } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'entries that are taken from the slow',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, reclaim: { minIdle: 15s, interval: 5s }, processing: { p99: 10s } } }
`,
      becomes: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, reclaim: { minIdle: 1m, interval: 5s }, processing: { p99: 10s } } }
`,
      finds: [{ messageId: 'early', element: 'consumers/read', field: 'reclaim.minIdle' }],
    },
    {
      name: 'the generated minute for work of a minute',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, processing: { p99: 1m } } }
`,
      becomes: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, processing: { p99: 1m }, reclaim: { minIdle: 3m } } }
`,
      finds: [{ messageId: 'early', element: 'consumers/read', field: 'reclaim.minIdle' }],
    },
  ],
  unknown: [
    {
      name: 'a consumer whose processing time is not stated',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, reclaim: { minIdle: 15s } } }
`,
      asks: ['consumers/read consumers.processing'],
    },
  ],
});
