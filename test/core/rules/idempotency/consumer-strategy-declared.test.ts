import { consumerStrategyDeclared } from '../../../../core/rules/idempotency/consumer-strategy-declared.ts';
import { testRule } from '../tester.ts';

const at = { element: 'consumers/work', field: 'idempotency' } as const;

testRule(consumerStrategyDeclared, {
  valid: [
    {
      name: 'the built-in policy',
      design: `
consumers: { work: { sideEffects: [database], idempotency: standard } }
`,
    },
    {
      name: 'a strategy where side effects are not stated',
      design: `
consumers: { work: { idempotency: { strategy: natural } } }
`,
    },
    {
      name: 'a named policy',
      design: `
idempotencyPolicies: { inbox: { strategy: transactional-inbox } }
consumers: { work: { sideEffects: [database], idempotency: inbox } }
`,
    },
    {
      name: 'a consumer that states that it changes nothing',
      design: `
consumers: { work: { sideEffects: [] } }
`,
    },
    {
      name: 'a flow that is delivered at most once',
      design: `
consumers: { work: { sideEffects: [metrics] } }
flows: { measure: { to: [work], delivery: at-most-once } }
`,
    },
    {
      name: 'a policy that does not exist, which is a finding of its own',
      design: `
consumers: { work: { sideEffects: [database], idempotency: inbax } }
`,
    },
  ],
  unknown: [
    {
      name: 'a consumer that does not state its side effects',
      design: `
consumers: { work: {} }
`,
      asks: ['consumers/work consumers.sideEffects'],
    },
  ],
  invalid: [
    {
      name: 'side effects without a strategy',
      design: `
consumers: { work: { sideEffects: [card-charge] } }
`,
      finds: [{ messageId: 'missing', ...at }],
    },
    {
      name: 'a call to another system without a strategy',
      design: `
consumers:
  work:
    externalCalls: [{ name: card-processor }]
`,
      finds: [{ messageId: 'missing', ...at }],
    },
    {
      name: 'a policy that names no strategy, whose other attributes stay',
      design: `
consumers: { work: { sideEffects: [database], idempotency: { ttl: 48h } } }
`,
      becomes: `
consumers: { work: { sideEffects: [database], idempotency: { ttl: 48h, strategy: key-store } } }
`,
      finds: [{ messageId: 'missing', ...at }],
    },
    {
      name: 'the strategy none',
      design: `
consumers: { work: { sideEffects: [email], idempotency: { strategy: none } } }
`,
      finds: [{ messageId: 'none', ...at }],
    },
    {
      name: 'the built-in policy none',
      design: `
consumers: { work: { sideEffects: [email], idempotency: none } }
`,
      finds: [{ messageId: 'none', ...at }],
    },
    {
      name: 'a shared policy with the strategy none',
      design: `
idempotencyPolicies: { careless: { strategy: none } }
consumers: { work: { sideEffects: [email], idempotency: careless } }
`,
      becomes: `
idempotencyPolicies: { careless: { strategy: none } }
consumers: { work: { sideEffects: [email], idempotency: standard } }
`,
      finds: [{ messageId: 'none', ...at }],
    },
  ],
});
