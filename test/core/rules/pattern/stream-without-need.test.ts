import { streamWithoutNeed } from '../../../../core/rules/pattern/stream-without-need.ts';
import { testRule } from '../tester.ts';

testRule(streamWithoutNeed, {
  valid: [
    {
      name: 'a stream whose history is needed',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 200/s } } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do], ordering: none, needs: { replay: true } } }
`,
    },
    {
      name: 'a stream whose order is relied on',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 200/s } } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do], ordering: per-key } }
`,
    },
    {
      name: 'a flow that does not say whether it relies on an order',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 200/s } } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do] } }
`,
    },
    {
      name: 'a rate beyond a queue',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 90000/s } } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do], ordering: none } }
`,
    },
    {
      name: 'several services with a position of their own',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 200/s } } }
consumers: { do: { channel: events }, count: { channel: events } }
flows: { f: { from: [tell], to: [do, count], ordering: none } }
`,
    },
    {
      name: 'a queue',
      design: `
queues: { jobs: { broker: mq } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], ordering: none } }
`,
    },
  ],
  invalid: [
    {
      name: 'a stream that nothing calls for',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 200/s } } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do], ordering: none } }
`,
      finds: [{ messageId: 'overkill', element: 'flows/f' }],
    },
  ],
  unknown: [
    {
      name: 'a stream whose rate is not stated',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
consumers: { do: { channel: events } }
flows: { f: { from: [tell], to: [do], ordering: none } }
`,
      asks: ['producers/tell producers.rate'],
    },
  ],
});
