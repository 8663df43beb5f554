import { deliveryLimit } from '../../../../core/rules/rabbitmq/delivery-limit.ts';
import { testRule } from '../tester.ts';

testRule(deliveryLimit, {
  valid: [
    {
      name: 'a limit above the attempts',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 50, retry: { maxAttempts: 8 } } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
    {
      name: 'a missing limit, by generated default',
      design: `
queues: { jobs: { broker: mq } }
`,
      byDefault: ['queues/jobs queues.deliveryLimit'],
    },
    {
      name: 'a classic queue, which has none',
      design: `
queues: { jobs: { broker: mq, type: classic, deliveryLimit: -1 } }
`,
      byDefault: [],
    },
    {
      name: 'a dead-letter queue with a limit and without a destination of its own',
      design: `
queues: { jobs: { broker: mq, deadLetter: parked }, parked: { broker: mq, role: dead-letter, deliveryLimit: 3 } }
`,
    },
    {
      name: 'a limit below attempts without end, which is about the attempts',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 50, retry: { maxAttempts: -1 } } }
`,
    },
  ],
  invalid: [
    {
      name: 'no limit, with a policy of eight attempts',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: -1, retry: { maxAttempts: 8 } } }
consumers: { work: { channel: jobs } }
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 80, retry: { maxAttempts: 8 } } }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'unlimited', element: 'queues/jobs', field: 'deliveryLimit' }],
    },
    {
      name: 'no limit on a dead-letter queue',
      design: `
queues: { parked: { broker: mq, role: dead-letter, deliveryLimit: -1 } }
`,
      finds: [{ messageId: 'unlimited', element: 'queues/parked', field: 'deliveryLimit' }],
    },
    {
      name: 'a limit without a dead-letter destination',
      design: `
queues: { jobs: { broker: mq, deliveryLimit: 20 } }
`,
      finds: [{ messageId: 'dropped', element: 'queues/jobs', field: 'deliveryLimit', noFix: true }],
    },
    {
      name: 'a dead-letter destination of the consumer alone, which the broker does not know',
      design: `
queues: { jobs: { broker: mq, deliveryLimit: 20, deadLetter: false } }
consumers: { work: { channel: jobs, deadLetter: true } }
`,
      finds: [{ messageId: 'dropped', element: 'queues/jobs', field: 'deliveryLimit', noFix: true }],
    },
    {
      name: 'a limit of as many deliveries as the consumer asks attempts for',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 8 } }
consumers: { work: { channel: jobs, retry: { maxAttempts: 8 } } }
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 80 } }
consumers: { work: { channel: jobs, retry: { maxAttempts: 8 } } }
`,
      finds: [
        { messageId: 'below-attempts', element: 'queues/jobs', field: 'deliveryLimit', severity: 'warn' },
      ],
    },
    {
      name: 'a limit of as many deliveries as the generated retries make attempts',
      design: `
queues: { jobs: { broker: mq, deadLetter: true, deliveryLimit: 5 } }
`,
      finds: [
        { messageId: 'below-attempts', element: 'queues/jobs', field: 'deliveryLimit', severity: 'warn' },
      ],
    },
  ],
});
