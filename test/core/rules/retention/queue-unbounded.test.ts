import { queueUnbounded } from '../../../../core/rules/retention/queue-unbounded.ts';
import { testRule } from '../tester.ts';

testRule(queueUnbounded, {
  valid: [
    {
      name: 'a bound on messages',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000 } }
`,
    },
    {
      name: 'a bound on bytes',
      design: `
queues: { jobs: { broker: mq, maxLengthBytes: 1GiB } }
`,
    },
    {
      name: 'an argument of the queue',
      design: `
queues: { jobs: { broker: mq, arguments: { x-max-length: 1000 } } }
`,
    },
    {
      name: 'a policy of the broker',
      design: `
brokers: { mq: { kind: rabbitmq, policies: [{ name: bound, pattern: "^jobs", definition: { max-length: 1000 } }] } }
queues: { jobs.fast: { broker: mq } }
`,
    },
    {
      name: 'a queue of another broker',
      design: `
queues: { jobs: { broker: aws } }
`,
    },
    {
      name: 'a dead-letter queue',
      design: `
queues: { jobs: { broker: mq, maxLength: 9, deadLetter: dead }, dead: { broker: mq } }
`,
    },
    {
      name: 'a stream with a retention',
      design: `
streams: { events: { broker: mq, retention: 30d } }
`,
    },
  ],
  invalid: [
    {
      name: 'a queue without a bound',
      design: `
queues: { jobs: { broker: mq } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'maxLength', noFix: true }],
    },
    {
      name: 'a queue with a known rate and outage',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 10/s } } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], maxConsumerOutage: 1h } }
`,
      becomes: `
queues: { jobs: { broker: mq, maxLength: 54000 } }
producers: { tell: { channel: jobs, rate: { peak: 10/s } } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], maxConsumerOutage: 1h } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'maxLength' }],
    },
    {
      name: 'a policy for other queues',
      design: `
brokers: { mq: { kind: rabbitmq, policies: [{ name: bound, pattern: "^mails$", definition: { max-length: 1000 } }, { name: bad, pattern: "(a+)+", definition: { max-length: 1 } }] } }
queues: { jobs: { broker: mq } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'maxLength', noFix: true }],
    },
    {
      name: 'a stream without a bound',
      design: `
streams: { events: { broker: mq } }
`,
      finds: [{ messageId: 'stream', element: 'streams/events', field: 'retention', noFix: true }],
    },
    {
      name: 'a local design',
      design: `
design: { name: test }
queues: { jobs: { broker: mq } }
`,
      finds: [
        { messageId: 'queue', element: 'queues/jobs', field: 'maxLength', severity: 'info', noFix: true },
      ],
    },
  ],
});
