import { backlogAlert } from '../../../../core/rules/monitoring/backlog-alert.ts';
import { testRule } from '../tester.ts';

testRule(backlogAlert, {
  valid: [
    {
      name: 'a depth',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: depth } }
`,
    },
    {
      name: 'the lag of a log',
      design: `
streams: { jobs: { broker: log } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: lag } }
`,
    },
    {
      name: 'the age of the iterator on Kinesis',
      design: `
streams: { jobs: { broker: kinesis } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: iterator-age } }
`,
    },
    {
      name: 'the pending entries on Redis',
      design: `
streams: { jobs: { broker: redis } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: pel } }
`,
    },
    {
      name: 'a queue that nobody consumes',
      design: `
queues: { jobs: { broker: mq } }
`,
    },
    {
      name: 'a reader of dead letters',
      design: `
queues: { dead: { broker: mq, role: dead-letter } }
consumers: { look: { channel: dead } }
`,
    },
  ],
  invalid: [
    {
      name: 'no alert',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }

alerts:
  jobs-backlog: { target: jobs, metric: depth }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs' }],
    },
    {
      name: 'an alert on something else',
      design: `
streams: { jobs: { broker: log } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: age } }
`,
      finds: [{ messageId: 'missing', element: 'streams/jobs' }],
    },
    {
      name: 'a known rate and target, with an owner',
      design: `
services: { shop: { owner: team-a } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { work: { service: shop, channel: jobs } }
flows: { f: { to: [work], slo: { latencyP99: 2s } } }
alerts: { jobs-backlog: { target: jobs, metric: age } }
`,
      becomes: `
services: { shop: { owner: team-a } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { work: { service: shop, channel: jobs } }
flows: { f: { to: [work], slo: { latencyP99: 2s } } }
alerts: { jobs-backlog: { target: jobs, metric: age }, jobs-backlog-2: { target: jobs, metric: depth, threshold: 400, owner: team-a } }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs' }],
    },
    {
      name: 'a flow where losses are accepted',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], criticality: lossTolerant } }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs', severity: 'warn' }],
    },
  ],
});
