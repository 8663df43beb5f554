import { ageAlert } from '../../../../core/rules/monitoring/age-alert.ts';
import { testRule } from '../tester.ts';

testRule(ageAlert, {
  valid: [
    {
      name: 'an age',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: age } }
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
      name: 'a queue that nobody consumes',
      design: `
queues: { jobs: { broker: mq } }
`,
    },
  ],
  invalid: [
    {
      name: 'a depth alone',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: depth } }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs' }],
    },
    {
      name: 'a flow with a target',
      design: `
streams: { jobs: { broker: kinesis } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], slo: { latencyP99: 2s } } }
`,
      becomes: `
streams: { jobs: { broker: kinesis } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], slo: { latencyP99: 2s } } }

alerts:
  jobs-age: { target: jobs, metric: iterator-age, threshold: 4s }
`,
      finds: [{ messageId: 'missing', element: 'streams/jobs' }],
    },
  ],
});
