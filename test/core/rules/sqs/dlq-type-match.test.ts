import { dlqTypeMatch } from '../../../../core/rules/sqs/dlq-type-match.ts';
import { testRule } from '../tester.ts';

testRule(dlqTypeMatch, {
  valid: [
    {
      name: 'a FIFO queue with a FIFO dead-letter queue',
      design: `
queues:
  jobs.fifo: { broker: aws, type: fifo, deadLetter: dead.fifo }
  dead.fifo: { broker: aws, type: fifo, role: dead-letter }
`,
    },
    {
      name: 'standard queues, stated and by default',
      design: `
queues: { jobs: { broker: aws, deadLetter: dead }, dead: { broker: aws, type: standard, role: dead-letter } }
`,
    },
    {
      name: 'what shorthand adds to a FIFO queue',
      design: `
queues: { jobs.fifo: { broker: aws, type: fifo, deadLetter: true } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { jobs: { broker: mq, type: classic, deadLetter: dead }, dead: { broker: mq, type: quorum } }
`,
    },
  ],
  invalid: [
    {
      name: 'a FIFO queue with a standard dead-letter queue',
      design: `
queues: { jobs: { broker: aws, type: fifo, deadLetter: dead }, dead: { broker: aws, role: dead-letter } }
`,
      becomes: `
queues: { jobs: { broker: aws, type: fifo, deadLetter: dead }, dead: { broker: aws, role: dead-letter, type: fifo } }
`,
      finds: [{ messageId: 'type', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a circle, in which each type would follow the other without end',
      design: `
queues:
  jobs: { broker: aws, type: fifo, deadLetter: { target: dead } }
  dead: { broker: aws, deadLetter: { target: jobs } }
`,
      finds: [
        { messageId: 'type', element: 'queues/jobs', field: 'deadLetter', noFix: true },
        { messageId: 'type', element: 'queues/dead', field: 'deadLetter', noFix: true },
      ],
    },
    {
      name: 'a dead-letter queue for queues of both types, which a person must divide',
      design: `
queues:
  jobs: { broker: aws, type: fifo, deadLetter: { target: dead } }
  mails: { broker: aws, deadLetter: dead }
  dead: { broker: aws, role: dead-letter }
`,
      finds: [{ messageId: 'type', element: 'queues/jobs', field: 'deadLetter', noFix: true }],
    },
    {
      name: 'a dead-letter queue in another account',
      design: `
brokers: { aws: { kind: sqs, account: '1' }, other: { kind: sqs, account: '2' } }
queues: { jobs: { broker: aws, deadLetter: dead }, dead: { broker: other, role: dead-letter } }
`,
      finds: [
        {
          messageId: 'elsewhere',
          element: 'queues/jobs',
          field: 'deadLetter',
          severity: 'warn',
          noFix: true,
        },
      ],
    },
  ],
});
