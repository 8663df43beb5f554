import { backoffJitterCap } from '../../../../core/rules/dlq/backoff-jitter-cap.ts';
import { testRule } from '../tester.ts';

testRule(backoffJitterCap, {
  valid: [
    {
      name: 'exponential delays with jitter',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { backoff: exponential, baseDelay: 1s, maxDelay: 600s, jitter: full } } }
`,
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
      name: 'a single attempt',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { maxAttempts: 1, backoff: fixed, jitter: none } } }
`,
    },
    {
      name: 'delays that RabbitMQ computes',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { mode: delayed-retry, jitter: none } } }
`,
    },
    {
      name: 'a policy that nobody uses',
      design: `
retryPolicies: { slow: { backoff: fixed } }
`,
    },
  ],
  invalid: [
    {
      name: 'a fixed delay',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { backoff: fixed, baseDelay: 5s } } }
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { backoff: exponential, baseDelay: 5s } } }
`,
      finds: [{ messageId: 'fixed', element: 'queues/jobs', field: 'retry.backoff' }],
    },
    {
      name: 'no delay',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { baseDelay: 0s } } }
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true, retry: { baseDelay: 1s } } }
`,
      finds: [{ messageId: 'immediate', element: 'queues/jobs', field: 'retry.baseDelay' }],
    },
    {
      name: 'no jitter in a named policy',
      design: `
retryPolicies: { quick: { jitter: none } }
queues: { jobs: { broker: mq, retry: quick } }
consumers: { work: { channel: jobs, retry: quick } }
`,
      finds: [{ messageId: 'no-jitter', element: 'retryPolicies/quick', field: 'jitter' }],
    },
    {
      name: 'a delay of a day',
      design: `
consumers: { work: { retry: { maxDelay: 1d } } }
`,
      becomes: `
consumers: { work: { retry: { maxDelay: 600s } } }
`,
      finds: [{ messageId: 'no-cap', element: 'consumers/work', field: 'retry.maxDelay' }],
    },
    {
      name: 'a local design',
      design: `
design: { name: test }
queues: { jobs: { broker: mq, retry: { backoff: fixed } } }
`,
      finds: [{ messageId: 'fixed', element: 'queues/jobs', field: 'retry.backoff', severity: 'info' }],
    },
  ],
});
