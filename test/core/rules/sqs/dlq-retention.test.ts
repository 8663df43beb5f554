import { dlqRetention } from '../../../../core/rules/sqs/dlq-retention.ts';
import { testRule } from '../tester.ts';

testRule(dlqRetention, {
  valid: [
    {
      name: 'dead letters that are kept for longer',
      design: `
queues: { jobs: { broker: aws, retention: 4d, deadLetter: dead }, dead: { broker: aws, retention: 14d } }
`,
      byDefault: [],
    },
    {
      name: 'what shorthand adds, by generated default',
      design: `
queues: { jobs: { broker: aws, deadLetter: true } }
`,
      byDefault: ['queues/jobs queues.deadLetter.retention'],
    },
    {
      name: 'a FIFO queue, where the clock starts anew',
      design: `
queues:
  jobs: { broker: aws, type: fifo, retention: 14d, deadLetter: dead }
  dead: { broker: aws, type: fifo, retention: 1d }
`,
      byDefault: [],
    },
    {
      name: 'a queue without dead letters',
      design: `
queues: { jobs: { broker: aws } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a drawn queue with the default of SQS on both sides',
      design: `
queues: { jobs: { broker: aws, deadLetter: dead }, dead: { broker: aws, role: dead-letter } }
`,
      becomes: `
queues: { jobs: { broker: aws, deadLetter: dead }, dead: { broker: aws, role: dead-letter, retention: 14d } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a time in the shorthand',
      design: `
queues: { jobs: { broker: aws, retention: 10d, deadLetter: { retention: 7d } } }
`,
      becomes: `
queues: { jobs: { broker: aws, retention: 10d, deadLetter: { retention: 14d } } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a queue that keeps messages for as long as SQS can, which a person must shorten',
      design: `
queues: { jobs: { broker: aws, retention: 14d, deadLetter: true } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'deadLetter', noFix: true }],
    },
  ],
});
