import { versionPresent } from '../../../../core/rules/schema/version-present.ts';
import { testRule } from '../tester.ts';

testRule(versionPresent, {
  valid: [
    {
      name: 'a version',
      design: `
messages: { paid: { version: 3 } }
`,
    },
  ],
  invalid: [
    {
      name: 'no version',
      design: `
messages: { paid: { envelope: none } }
`,
      becomes: `
messages: { paid: { envelope: none, version: 1 } }
`,
      finds: [{ messageId: 'missing', element: 'messages/paid', field: 'version' }],
    },
    {
      name: 'a message without any attribute',
      design: `
messages: { paid: {} }
`,
      finds: [{ messageId: 'missing', element: 'messages/paid', field: 'version' }],
    },
  ],
});
