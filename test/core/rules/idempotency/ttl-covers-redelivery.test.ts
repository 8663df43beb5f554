import { ttlCoversRedelivery } from '../../../../core/rules/idempotency/ttl-covers-redelivery.ts';
import { testRule } from '../tester.ts';

testRule(ttlCoversRedelivery, {
  valid: [
    {
      name: 'a day',
      design: `
consumers: { work: { idempotency: { strategy: key-store, ttl: 24h } } }
`,
      byDefault: [],
    },
    {
      name: 'a missing ttl, by generated default',
      design: `
consumers: { work: { idempotency: standard } }
`,
      byDefault: ['consumers/work idempotencyPolicies.ttl'],
    },
    {
      name: 'a permanent mark for a replay',
      design: `
streams: { events: { broker: log, retention: 90d } }
consumers: { read: { channel: events, idempotency: { strategy: transactional-inbox, store: { kind: postgres }, ttl: permanent } } }
flows: { f: { to: [read], needs: { replay: true } } }
`,
    },
    {
      name: 'a mark that lasts as long as the log',
      design: `
streams: { events: { broker: log, retention: 3d } }
consumers: { read: { channel: events, idempotency: { strategy: key-store, ttl: 4d } } }
flows: { f: { to: [read], needs: { replay: true } } }
`,
    },
    {
      name: 'keys that fit into the store',
      design: `
brokers: { mq: { kind: rabbitmq }, cache: { kind: redis, maxmemory: 1GiB } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { avg: 10/s } } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, ttl: 1d, store: { kind: redis, ref: cache } } } }
`,
    },
    {
      name: 'a strategy without marks',
      design: `
consumers: { work: { idempotency: { strategy: natural, ttl: 1s } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a mark that is shorter than the redelivery window',
      design: `
consumers:
  work:
    idempotency: { strategy: key-store, ttl: 1h } # too short
`,
      becomes: `
consumers:
  work:
    idempotency: { strategy: key-store, ttl: 1d } # too short
`,
      finds: [{ messageId: 'short', element: 'consumers/work', field: 'idempotency.ttl' }],
    },
    {
      name: 'a mark that is shorter than the retries of its queue',
      design: `
idempotencyPolicies: { once: { strategy: key-store, ttl: 2d } }
queues: { jobs: { broker: mq, retry: { maxAttempts: 100, backoff: fixed, baseDelay: 1h, maxDelay: 1h } } }
consumers: { work: { channel: jobs, idempotency: once } }
`,
      finds: [{ messageId: 'short', element: 'idempotencyPolicies/once', field: 'ttl' }],
    },
    {
      name: 'a day for a log that is replayed',
      design: `
streams: { events: { broker: log, retention: 90d } }
consumers: { read: { channel: events, idempotency: standard } }
flows: { f: { to: [read], needs: { replay: true } } }
`,
      finds: [{ messageId: 'replay', element: 'consumers/read', field: 'idempotency', noFix: true }],
    },
    {
      name: 'keys that do not fit into the store',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { avg: 1000/s, peak: 5000/s } } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, ttl: 14d, store: { maxmemory: 8GiB } } } }
`,
      finds: [{ messageId: 'full', element: 'consumers/work', field: 'idempotency', noFix: true }],
    },
  ],
});
