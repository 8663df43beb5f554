import { inputsDeclared } from '../../../../core/rules/capacity/inputs-declared.ts';
import { testRule } from '../tester.ts';

testRule(inputsDeclared, {
  valid: [
    {
      name: 'everything stated',
      design: `
messages: { paid: { size: { avg: 1KiB, max: 4KiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid], rate: { avg: 1/s, peak: 9/s } } }
consumers: { work: { channel: jobs, processing: { p50: 5ms, p99: 20ms } } }
`,
    },
    {
      name: 'endpoints that are not connected yet',
      design: `
producers: { tell: {} }
consumers: { work: {} }
`,
    },
  ],
  invalid: [
    {
      name: 'nothing stated',
      design: `
messages: { paid: {} }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
consumers: { work: { channel: jobs } }
`,
      finds: [
        { messageId: 'message', element: 'messages/paid', field: 'size' },
        { messageId: 'producer', element: 'producers/tell', field: 'rate' },
        { messageId: 'consumer', element: 'consumers/work', field: 'processing' },
      ],
    },
    {
      name: 'half of it stated',
      design: `
messages: { paid: { size: { max: 4KiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid], rate: { avg: 1/s } } }
consumers: { work: { channel: jobs, processing: { p99: 20ms } } }
`,
      finds: [
        { messageId: 'message', element: 'messages/paid', field: 'size' },
        { messageId: 'producer', element: 'producers/tell', field: 'rate' },
        { messageId: 'consumer', element: 'consumers/work', field: 'processing' },
      ],
    },
  ],
});
