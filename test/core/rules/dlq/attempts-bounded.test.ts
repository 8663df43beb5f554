import { attemptsBounded } from '../../../../core/rules/dlq/attempts-bounded.ts';
import { testRule } from '../tester.ts';

testRule(attemptsBounded, {
  valid: [
    {
      name: 'a policy with a last attempt',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { maxAttempts: 8 } } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
    {
      name: 'a built-in policy',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: standard } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
    {
      name: 'a consumed queue without a policy, by generated default',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs } }
`,
      byDefault: ['queues/jobs queues.retry'],
    },
    {
      name: 'an endless policy that nobody uses',
      design: `
retryPolicies: { patient: { maxAttempts: -1 } }
queues: { jobs: { broker: mq, retry: none } }
`,
    },
  ],
  invalid: [
    {
      name: 'an endless policy in a queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { maxAttempts: -1 } } }
`,
      finds: [{ messageId: 'endless', element: 'queues/jobs', field: 'retry.maxAttempts' }],
    },
    {
      name: 'an endless policy in a consumer',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers:
  work:
    channel: jobs
    retry:
      maxAttempts: -1 # never give up
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers:
  work:
    channel: jobs
    retry:
      maxAttempts: 5 # never give up
`,
      finds: [{ messageId: 'endless', element: 'consumers/work', field: 'retry.maxAttempts' }],
    },
    {
      name: 'a shared endless policy once',
      design: `
retryPolicies: { patient: { maxAttempts: -1 } }
queues: { jobs: { broker: mq, retry: patient }, mails: { broker: mq, retry: patient } }
`,
      finds: [{ messageId: 'endless', element: 'retryPolicies/patient', field: 'maxAttempts' }],
    },
  ],
});
