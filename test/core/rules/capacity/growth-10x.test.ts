import { growth10x } from '../../../../core/rules/capacity/growth-10x.ts';
import { testRule } from '../tester.ts';

testRule(growth10x, {
  valid: [
    {
      name: 'room for ten times the load',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 10/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'a growth of two',
      design: `
design: { name: test, environment: prod, growthFactor: 2 }
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 90/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'a plan for the service',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 50/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do], scalePlan: [{ trigger: 150/s, action: scale out, element: services/work, to: 10 instances }] } }
`,
    },
    {
      name: 'a plan for the stream',
      design: `
services: { work: { replicas: { max: 1 } } }
streams: { jobs: { broker: log, partitions: 1 } }
producers: { tell: { channel: jobs, rate: { peak: 50/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do], scalePlan: [{ element: streams/jobs, to: 20 partitions }] } }
`,
    },
    {
      name: 'an unknown load, which another rule asks about',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { avg: 5/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'what is overloaded already',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 900/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
  ],
  invalid: [
    {
      name: 'one worker',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 50/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows:
  f:
    to: [do]
`,
      finds: [{ messageId: 'consumer', element: 'consumers/do' }],
    },
    {
      name: 'partitions that do not suffice',
      design: `
services: { work: { replicas: { max: 2 } } }
streams: { jobs: { broker: log, partitions: 2 } }
producers: { tell: { channel: jobs, rate: { peak: 50/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
      finds: [{ messageId: 'consumer', element: 'consumers/do' }],
    },
    {
      name: 'a consumer without a flow',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 50/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'consumer', element: 'consumers/do', noFix: true }],
    },
    {
      name: 'two provisioned shards',
      design: `
streams: { jobs: { broker: kinesis, mode: provisioned, partitions: 2 } }
producers: { tell: { channel: jobs, rate: { peak: 400/s } } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], scalePlan: [{ element: services/do, to: more }] } }
`,
      finds: [{ messageId: 'channel', element: 'streams/jobs' }],
    },
    {
      name: 'a FIFO queue',
      design: `
queues: { jobs.fifo: { broker: aws, type: fifo } }
producers: { tell: { channel: jobs.fifo, rate: { peak: 400/s } } }
consumers: { do: { channel: jobs.fifo } }
flows: { f: { to: [do] } }
`,
      finds: [{ messageId: 'channel', element: 'queues/jobs.fifo' }],
    },
  ],
});
