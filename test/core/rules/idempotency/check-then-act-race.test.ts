import { checkThenActRace } from '../../../../core/rules/idempotency/check-then-act-race.ts';
import { testRule } from '../tester.ts';

testRule(checkThenActRace, {
  valid: [
    {
      name: 'a conditional write',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, atomicity: conditional-put }, concurrency: 8 } }
`,
      byDefault: [],
    },
    {
      name: 'a missing value, by generated default',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store }, concurrency: 8 } }
`,
      byDefault: ['consumers/work idempotencyPolicies.atomicity'],
    },
    {
      name: 'a single handler',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, atomicity: none } } }
`,
    },
    {
      name: 'a strategy without keys',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: natural, atomicity: none }, concurrency: 8 } }
`,
    },
    {
      name: 'a built-in policy',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: standard, concurrency: 8 } }
`,
    },
  ],
  invalid: [
    {
      name: 'several handlers',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, atomicity: none }, concurrency: 8 } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, idempotency: { strategy: key-store, atomicity: conditional-put }, concurrency: 8 } }
`,
      finds: [{ messageId: 'race', element: 'consumers/work', field: 'idempotency.atomicity' }],
    },
    {
      name: 'several instances with a shared policy',
      design: `
services: { shop: { replicas: { max: 2 } } }
idempotencyPolicies: { once: { strategy: unique-constraint, atomicity: none } }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs, idempotency: once } }
`,
      finds: [{ messageId: 'race', element: 'idempotencyPolicies/once', field: 'atomicity' }],
    },
  ],
});
