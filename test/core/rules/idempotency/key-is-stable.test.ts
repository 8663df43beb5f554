import { keyIsStable } from '../../../../core/rules/idempotency/key-is-stable.ts';
import { testRule } from '../tester.ts';

testRule(keyIsStable, {
  valid: [
    {
      name: 'a key from the event',
      design: `
consumers: { work: { idempotency: { strategy: key-store, keyFrom: [event_id] } } }
`,
      byDefault: [],
    },
    {
      name: 'a business key with the time of the event',
      design: `
consumers: { work: { idempotency: { strategy: key-store, keyFrom: [/orderId, /action, time] } } }
`,
    },
    {
      name: 'a missing key, by generated default',
      design: `
consumers: { work: { idempotency: { strategy: key-store } } }
`,
      byDefault: ['consumers/work idempotencyPolicies.keyFrom'],
    },
    {
      name: 'a policy that nobody uses',
      design: `
idempotencyPolicies: { once: { strategy: key-store, keyFrom: [/sentAt] } }
`,
    },
    {
      name: 'a built-in policy',
      design: `
consumers: { work: { idempotency: standard } }
`,
    },
    {
      name: 'a natural strategy, which has no key',
      design: `
consumers: { work: { idempotency: { strategy: natural, keyFrom: [/sentAt] } } }
`,
    },
  ],
  invalid: [
    {
      name: 'the time of sending',
      design: `
consumers:
  work:
    idempotency:
      strategy: key-store
      keyFrom: [/orderId, /meta/sent_at]
`,
      becomes: `
consumers:
  work:
    idempotency:
      strategy: key-store
      keyFrom: [event_id]
`,
      finds: [{ messageId: 'unstable', element: 'consumers/work', field: 'idempotency.keyFrom' }],
    },
    {
      name: 'a receipt handle in a shared policy',
      design: `
idempotencyPolicies: { once: { strategy: key-store, keyFrom: [receiptHandle] } }
consumers: { a: { idempotency: once }, b: { idempotency: once } }
`,
      finds: [{ messageId: 'unstable', element: 'idempotencyPolicies/once', field: 'keyFrom' }],
    },
    {
      name: 'partition and offset',
      design: `
consumers: { work: { idempotency: { strategy: unique-constraint, keyFrom: [partition, offset] } } }
`,
      finds: [{ messageId: 'unstable', element: 'consumers/work', field: 'idempotency.keyFrom' }],
    },
    {
      name: 'a local design',
      design: `
design: { name: test }
consumers: { work: { idempotency: { strategy: key-store, keyFrom: [/deliveryTag] } } }
`,
      finds: [
        { messageId: 'unstable', element: 'consumers/work', field: 'idempotency.keyFrom', severity: 'warn' },
      ],
    },
  ],
});
