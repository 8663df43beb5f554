import { trimmingDeclared } from '../../../../core/rules/redis/trimming-declared.ts';
import { testRule } from '../tester.ts';

testRule(trimmingDeclared, {
  valid: [
    {
      name: 'a length, and an oldest entry',
      design: `
streams: { events: { broker: redis, maxLen: 100000 }, more: { broker: redis, minId: acknowledged } }
`,
    },
    {
      name: 'dead-letter streams, drawn and implied',
      design: `
streams: { events: { broker: redis, maxLen: 1000 }, dead: { broker: redis } }
consumers: { read: { channel: events, deadLetter: dead }, count: { channel: events, deadLetter: true } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: log } }
`,
    },
  ],
  invalid: [
    {
      name: 'a stream without an end, where the rate is known',
      design: `
streams: { events: { broker: redis } }
producers: { tell: { channel: events, rate: { avg: 10/s, peak: 50/s } } }
`,
      becomes: `
streams: { events: { broker: redis, maxLen: 216000 } }
producers: { tell: { channel: events, rate: { avg: 10/s, peak: 50/s } } }
`,
      finds: [{ messageId: 'endless', element: 'streams/events', field: 'maxLen' }],
    },
    {
      name: 'a stream that must be read again after a week',
      design: `
streams: { events: { broker: redis } }
producers: { tell: { channel: events, rate: { peak: 1/s } } }
consumers: { read: { channel: events, maxOutage: 8h } }
flows: { history: { to: [read], replayHorizon: 7d, maxConsumerOutage: 1h } }
`,
      becomes: `
streams: { events: { broker: redis, maxLen: 908000 } }
producers: { tell: { channel: events, rate: { peak: 1/s } } }
consumers: { read: { channel: events, maxOutage: 8h } }
flows: { history: { to: [read], replayHorizon: 7d, maxConsumerOutage: 1h } }
`,
      finds: [{ messageId: 'endless', element: 'streams/events', field: 'maxLen' }],
    },
    {
      name: 'a stream without a rate, where a person must say',
      design: `
streams: { events: { broker: redis } }
producers: { tell: { channel: events } }
`,
      finds: [{ messageId: 'endless', element: 'streams/events', field: 'maxLen', noFix: true }],
    },
  ],
});
