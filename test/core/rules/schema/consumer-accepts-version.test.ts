import { consumerAcceptsVersion } from '../../../../core/rules/schema/consumer-accepts-version.ts';
import { testRule } from '../tester.ts';

testRule(consumerAcceptsVersion, {
  valid: [
    {
      name: 'a version that is accepted',
      design: `
messages: { paid: { version: 2 } }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, messages: [paid], accepts: [1, 2] } }
`,
      byDefault: [],
    },
    {
      name: 'no list, by generated default',
      design: `
messages: { paid: { version: 2 } }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, messages: [paid] } }
`,
      byDefault: ['consumers/work consumers.accepts'],
    },
    {
      name: 'a consumer to which nothing comes',
      design: `
consumers: { work: { accepts: [7] } }
`,
    },
  ],
  invalid: [
    {
      name: 'a version that is sent and not accepted',
      design: `
messages: { paid: { version: 2 } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
consumers: { work: { channel: jobs, accepts: [1] } }
`,
      finds: [{ messageId: 'refused', element: 'consumers/work', field: 'accepts' }],
    },
    {
      name: 'a message without a version, which is sent as the first',
      design: `
messages: { paid: {} }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, messages: [paid], accepts: [2] } }
`,
      finds: [{ messageId: 'refused', element: 'consumers/work', field: 'accepts' }],
    },
  ],
});
