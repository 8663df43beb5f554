import { acksAll } from '../../../../core/rules/kafka/acks-all.ts';
import { testRule } from '../tester.ts';

testRule(acksAll, {
  valid: [
    {
      name: 'all copies',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, acks: all } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
`,
      byDefault: ['producers/tell producers.acks'],
    },
    {
      name: 'a flow that may lose messages',
      design: `
streams: { samples: { broker: log } }
producers: { measure: { channel: samples, acks: '0' } }
flows: { sample: { from: [measure], criticality: lossTolerant } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'the leader alone',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, acks: '1' } }
`,
      becomes: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, acks: 'all' } }
`,
      finds: [{ messageId: 'leader', element: 'producers/tell', field: 'acks' }],
    },
    {
      name: 'nobody, where one of two flows needs the messages',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, acks: '0' } }
flows:
  sample: { from: [tell], criticality: lossTolerant }
  pay: { from: [tell], criticality: critical }
`,
      finds: [{ messageId: 'none', element: 'producers/tell', field: 'acks' }],
    },
  ],
});
