import { maxReceiveCount } from '../../../../core/rules/sqs/max-receive-count.ts';
import { testRule } from '../tester.ts';

testRule(maxReceiveCount, {
  valid: [
    {
      name: 'more receives than attempts',
      design: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 50 }, retry: { maxAttempts: 8 } } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
    {
      name: 'a missing count, by generated default',
      design: `
queues: { jobs: { broker: aws, deadLetter: true } }
`,
      byDefault: ['queues/jobs queues.deadLetter.maxReceiveCount'],
    },
    {
      name: 'three receives where the redrive is the only retry',
      design: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 3 }, retry: none } }
`,
    },
    {
      name: 'five receives with Lambda',
      design: `
services: { work: { runtime: lambda } }
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 5 } } }
consumers: { work: { channel: jobs, retry: { mode: broker } } }
`,
    },
    {
      name: 'no dead-letter queue, which is about the dead letters',
      design: `
queues: { jobs: { broker: aws } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a single receive',
      design: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 1 } } }
`,
      becomes: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 50 } } }
`,
      finds: [{ messageId: 'one', element: 'queues/jobs', field: 'deadLetter.maxReceiveCount' }],
    },
    {
      name: 'two receives where the redrive is the only retry',
      design: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 2 }, retry: none } }
`,
      becomes: `
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 3 }, retry: none } }
`,
      finds: [
        { messageId: 'few', element: 'queues/jobs', field: 'deadLetter.maxReceiveCount', severity: 'warn' },
      ],
    },
    {
      name: 'four receives with Lambda',
      design: `
services: { shop: { runtime: lambda } }
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 4 }, retry: { mode: broker } } }
consumers: { work: { channel: jobs, service: shop } }
`,
      becomes: `
services: { shop: { runtime: lambda } }
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 5 }, retry: { mode: broker } } }
consumers: { work: { channel: jobs, service: shop } }
`,
      finds: [
        { messageId: 'few', element: 'queues/jobs', field: 'deadLetter.maxReceiveCount', severity: 'warn' },
      ],
    },
    {
      name: 'as many receives as a policy has attempts',
      design: `
retryPolicies: { patient: { maxAttempts: 8 } }
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 8 } } }
consumers: { work: { channel: jobs, retry: patient } }
`,
      becomes: `
retryPolicies: { patient: { maxAttempts: 8 } }
queues: { jobs: { broker: aws, deadLetter: { maxReceiveCount: 80 } } }
consumers: { work: { channel: jobs, retry: patient } }
`,
      finds: [
        { messageId: 'few', element: 'queues/jobs', field: 'deadLetter.maxReceiveCount', severity: 'warn' },
      ],
    },
  ],
});
