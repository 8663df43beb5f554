import { manualCommit } from '../../../../core/rules/kafka/manual-commit.ts';
import { testRule } from '../tester.ts';

testRule(manualCommit, {
  valid: [
    {
      name: 'a consumer that commits by itself',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, autoCommit: false, sideEffects: [database] } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
`,
      byDefault: ['consumers/read consumers.autoCommit'],
    },
    {
      name: 'a timer where nothing is changed',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, autoCommit: true, sideEffects: [] } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, sideEffects: [database] } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a timer beside effects',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, autoCommit: true, sideEffects: [database, email] } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, autoCommit: false, sideEffects: [database, email] } }
`,
      finds: [{ messageId: 'timer', element: 'consumers/read', field: 'autoCommit' }],
    },
  ],
  unknown: [
    {
      name: 'a timer beside nobody knows what',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, autoCommit: true } }
`,
      asks: ['consumers/read consumers.sideEffects'],
    },
  ],
});
