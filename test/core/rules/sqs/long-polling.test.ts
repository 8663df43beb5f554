import { longPolling } from '../../../../core/rules/sqs/long-polling.ts';
import { testRule } from '../tester.ts';

testRule(longPolling, {
  valid: [
    {
      name: 'the longest wait',
      design: `
queues: { jobs: { broker: aws, waitTime: 20s } }
`,
      byDefault: [],
    },
    {
      name: 'a missing wait, by generated default',
      design: `
queues: { jobs: { broker: aws } }
`,
      byDefault: ['queues/jobs queues.waitTime'],
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: mq } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'no wait',
      design: `
queues: { jobs: { broker: aws, waitTime: 0s } }
`,
      becomes: `
queues: { jobs: { broker: aws, waitTime: 20s } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'waitTime' }],
    },
    {
      name: 'a short wait, a hint',
      design: `
queues: { jobs: { broker: aws, waitTime: 1s } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'waitTime', severity: 'info' }],
    },
    {
      name: 'a wait that SQS refuses',
      design: `
queues: { jobs: { broker: aws, waitTime: 1m } }
`,
      finds: [{ messageId: 'refused', element: 'queues/jobs', field: 'waitTime' }],
    },
  ],
});
