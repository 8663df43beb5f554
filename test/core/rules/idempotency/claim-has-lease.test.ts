import { claimHasLease } from '../../../../core/rules/idempotency/claim-has-lease.ts';
import { testRule } from '../tester.ts';

testRule(claimHasLease, {
  valid: [
    {
      name: 'a claim in two phases',
      design: `
consumers: { work: { idempotency: { strategy: key-store, claim: two-phase } } }
`,
      byDefault: [],
    },
    {
      name: 'an early claim with a lease',
      design: `
consumers: { work: { idempotency: { strategy: key-store, claim: before, inProgressLease: 60s } } }
`,
    },
    {
      name: 'a missing claim, by generated default',
      design: `
consumers: { work: { idempotency: { strategy: key-store } } }
`,
      byDefault: ['consumers/work idempotencyPolicies.claim'],
    },
    {
      name: 'a strategy that claims nothing',
      design: `
consumers: { work: { idempotency: { strategy: upsert-version, claim: before } } }
`,
      byDefault: [],
    },
    {
      name: 'a built-in policy',
      design: `
consumers: { work: { idempotency: standard } }
`,
      byDefault: [],
    },
    {
      name: 'a policy that nobody uses',
      design: `
idempotencyPolicies: { early: { strategy: key-store, claim: before } }
`,
    },
  ],
  invalid: [
    {
      name: 'an early claim without a lease',
      design: `
consumers: { work: { idempotency: { strategy: key-store, claim: before } } }
`,
      becomes: `
consumers: { work: { idempotency: { strategy: key-store, claim: two-phase, inProgressLease: 30s } } }
`,
      finds: [{ messageId: 'no-lease', element: 'consumers/work', field: 'idempotency.claim' }],
    },
    {
      name: 'a shared policy once',
      design: `
idempotencyPolicies:
  early:
    strategy: unique-constraint
    claim: before # one round trip less
consumers:
  work: { idempotency: early, processing: { p99: 20s } }
  help: { idempotency: early, processing: { p99: 90s } }
`,
      becomes: `
idempotencyPolicies:
  early:
    strategy: unique-constraint
    claim: two-phase # one round trip less
    inProgressLease: 270s
consumers:
  work: { idempotency: early, processing: { p99: 20s } }
  help: { idempotency: early, processing: { p99: 90s } }
`,
      finds: [{ messageId: 'no-lease', element: 'idempotencyPolicies/early', field: 'claim' }],
    },
  ],
});
