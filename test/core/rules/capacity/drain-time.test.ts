import { drainTime } from '../../../../core/rules/capacity/drain-time.ts';
import { testRule } from '../tester.ts';

testRule(drainTime, {
  valid: [
    {
      name: 'a third of the capacity',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 60/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
    {
      name: 'an outage that is short',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 160/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do], maxConsumerOutage: 10m, recoveryTarget: 1h } }
`,
    },
    {
      name: 'an overloaded consumer, which another rule reports',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 900/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
  ],
  invalid: [
    {
      name: 'four hours at half load',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      becomes: `
services: { work: { replicas: { max: 2 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'slow', element: 'consumers/do' }],
    },
    {
      name: 'the target of a flow',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 40/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
flows: { f: { to: [do], recoveryTarget: 10m } }
`,
      finds: [{ messageId: 'slow', element: 'consumers/do' }],
    },
    {
      name: 'a log without more partitions',
      design: `
services: { work: { replicas: { max: 1 } } }
streams: { jobs: { broker: log, partitions: 1 } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'slow', element: 'consumers/do', noFix: true }],
    },
  ],
  unknown: [
    {
      name: 'a rate and a time that are missing',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs } }
consumers: { do: { service: work, channel: jobs } }
`,
      asks: ['consumers/do consumers.processing', 'producers/tell producers.rate'],
    },
  ],
});
