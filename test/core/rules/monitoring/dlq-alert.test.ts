import { dlqAlert } from '../../../../core/rules/monitoring/dlq-alert.ts';
import { testRule } from '../tester.ts';

testRule(dlqAlert, {
  valid: [
    {
      name: 'an alert on a drawn dead-letter queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: dead }, dead: { broker: mq } }
alerts: { a: { target: dead, metric: dlq-depth } }
`,
    },
    {
      name: 'an alert on an implied one',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
alerts: { a: { target: jobs.dlq, metric: depth } }
`,
    },
    {
      name: 'retry and parking queues',
      design: `
queues: { later: { broker: mq, role: retry }, lost: { broker: mq, role: parking } }
`,
    },
    {
      name: 'a channel for replays',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: true } }
alerts: { a: { target: read.dlq, metric: lag } }
`,
    },
  ],
  invalid: [
    {
      name: 'an implied dead-letter queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
`,
      becomes: `
queues: { jobs: { broker: mq, deadLetter: true } }

alerts:
  jobs.dlq-dead: { target: jobs.dlq, metric: dlq-depth, threshold: 0, for: 5m }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a drawn one',
      design: `
queues: { dead: { broker: mq, role: dead-letter } }
`,
      finds: [{ messageId: 'missing', element: 'queues/dead' }],
    },
    {
      name: 'the dead-letter stream of a consumer',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: true } }
`,
      finds: [{ messageId: 'missing', element: 'consumers/read', field: 'deadLetter' }],
    },
    {
      name: 'what SNS could not deliver',
      design: `
topics: { news: { broker: sns } }
queues: { jobs: { broker: aws }, lost: { broker: aws } }
subscriptions: { s: { topic: news, endpoint: jobs, deadLetter: lost } }
`,
      finds: [{ messageId: 'missing', element: 'queues/lost' }],
    },
  ],
});
