import { selfOrCycle } from '../../../../core/rules/dlq/self-or-cycle.ts';
import { testRule } from '../tester.ts';

testRule(selfOrCycle, {
  valid: [
    {
      name: 'a dead-letter queue that keeps',
      design: `
queues: { jobs: { broker: mq, deadLetter: jobs.dlq }, jobs.dlq: { broker: mq, role: dead-letter } }
`,
    },
    {
      name: 'two queues with one dead-letter queue',
      design: `
queues: { a: { broker: mq, deadLetter: dead }, b: { broker: mq, deadLetter: dead }, dead: { broker: mq, deadLetter: parked }, parked: { broker: mq } }
`,
    },
    {
      name: 'a delay with a last attempt',
      design: `
queues:
  jobs: { broker: mq, deadLetter: wait, retry: { maxAttempts: 5 } }
  wait: { broker: mq, role: retry, messageTtl: 10s, deadLetter: jobs }
consumers: { work: { channel: jobs } }
`,
    },
  ],
  invalid: [
    {
      name: 'a queue that is its own dead-letter queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: jobs } }
`,
      finds: [{ messageId: 'self', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'two queues for each other',
      design: `
queues: { a: { broker: aws, deadLetter: b }, b: { broker: aws, deadLetter: a } }
`,
      finds: [{ messageId: 'cycle', element: 'queues/a', field: 'deadLetter' }],
    },
    {
      name: 'a circle behind another queue',
      design: `
queues: { in: { broker: mq, deadLetter: a }, a: { broker: mq, deadLetter: b }, b: { broker: mq, deadLetter: c }, c: { broker: mq, deadLetter: a } }
`,
      finds: [{ messageId: 'cycle', element: 'queues/a', field: 'deadLetter' }],
    },
    {
      name: 'a circle over an exchange',
      design: `
exchanges: { dead: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } } }
bindings: { back: { source: dead, destination: jobs } }
`,
      finds: [{ messageId: 'self', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a consumer that sends its dead letters back',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: events } }
`,
      finds: [{ messageId: 'self', element: 'consumers/read', field: 'deadLetter' }],
    },
    {
      name: 'a delay without a last attempt',
      design: `
queues:
  jobs: { broker: mq, deadLetter: wait, retry: { maxAttempts: -1 } }
  wait: { broker: mq, role: retry, messageTtl: 10s, deadLetter: jobs }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'cycle', element: 'queues/jobs', field: 'deadLetter' }],
    },
  ],
});
