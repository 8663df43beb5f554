import { publisherConfirms } from '../../../../core/rules/rabbitmq/publisher-confirms.ts';
import { testRule } from '../tester.ts';

testRule(publisherConfirms, {
  valid: [
    {
      name: 'confirms',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, confirms: true } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs } }
`,
      byDefault: ['producers/tell producers.confirms'],
    },
    {
      name: 'messages that may be lost',
      design: `
queues: { samples: { broker: mq } }
producers: { measure: { channel: samples, confirms: false } }
flows: { sample: { from: [measure], criticality: lossTolerant } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a producer that does not wait',
      design: `
queues: { jobs: { broker: mq } }
producers:
  tell:
    channel: jobs
    confirms: false # faster
`,
      becomes: `
queues: { jobs: { broker: mq } }
producers:
  tell:
    channel: jobs
    confirms: true # faster
`,
      finds: [{ messageId: 'off', element: 'producers/tell', field: 'confirms' }],
    },
  ],
});
