import { envelopeComplete } from '../../../../core/rules/schema/envelope-complete.ts';
import { testRule } from '../tester.ts';

testRule(envelopeComplete, {
  valid: [
    {
      name: 'an envelope',
      design: `
messages: { paid: { envelope: cloudevents } }
`,
      byDefault: [],
    },
    {
      name: 'a missing envelope, by generated default',
      design: `
messages: { paid: {} }
`,
      byDefault: ['messages/paid messages.envelope'],
    },
  ],
  invalid: [
    {
      name: 'no envelope',
      design: `
messages: { paid: { envelope: none } }
`,
      becomes: `
messages: { paid: { envelope: domain-event } }
`,
      finds: [{ messageId: 'none', element: 'messages/paid', field: 'envelope' }],
    },
  ],
});
