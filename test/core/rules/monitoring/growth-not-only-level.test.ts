import { growthNotOnlyLevel } from '../../../../core/rules/monitoring/growth-not-only-level.ts';
import { testRule } from '../tester.ts';

testRule(growthNotOnlyLevel, {
  valid: [
    {
      name: 'an alert on growth',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: depth, kind: derivative } }
`,
    },
    {
      name: 'an alert on the time until messages expire',
      design: `
streams: { jobs: { broker: log } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: lag, kind: timeToRetention } }
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
      name: 'a level alone',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
alerts: { a: { target: jobs, metric: depth } }
`,
      finds: [{ messageId: 'missing', element: 'queues/jobs' }],
    },
    {
      name: 'no alert',
      design: `
streams: { jobs: { broker: log } }
consumers: { work: { channel: jobs } }
`,
      becomes: `
streams: { jobs: { broker: log } }
consumers: { work: { channel: jobs } }

alerts:
  jobs-growth: { target: jobs, metric: lag, kind: derivative, threshold: 0, for: 10m }
`,
      finds: [{ messageId: 'missing', element: 'streams/jobs' }],
    },
  ],
});
