import { ackAfterProcessing } from '../../../../core/rules/idempotency/ack-after-processing.ts';
import { testRule } from '../tester.ts';

const at = { element: 'consumers/work', field: 'ack' } as const;

testRule(ackAfterProcessing, {
  valid: [
    {
      name: 'an acknowledgement after the handler',
      design: `
consumers: { work: { ack: after } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
consumers: { work: {} }
`,
      byDefault: ['consumers/work consumers.ack'],
    },
    {
      name: 'a flow that accepts losses',
      design: `
consumers: { work: { ack: auto } }
flows: { measure: { to: [work], criticality: lossTolerant } }
`,
    },
  ],
  invalid: [
    {
      name: 'an acknowledgement before the handler',
      design: `
consumers:
  work:
    # "we will see if this ever happens"
    ack: before # fast
`,
      finds: [{ messageId: 'before', ...at }],
    },
    {
      name: 'an acknowledgement by the broker',
      design: `
consumers: { work: { ack: auto } }
`,
      finds: [{ messageId: 'auto', ...at }],
    },
    {
      name: 'a consumer of which only one flow accepts losses',
      design: `
consumers: { work: { ack: before } }
flows: { measure: { to: [work], criticality: lossTolerant }, pay: { to: [work] } }
`,
      finds: [{ messageId: 'before', ...at }],
    },
  ],
});
