import { consumerOverloaded } from '../../../../core/rules/capacity/consumer-overloaded.ts';
import { testRule } from '../tester.ts';

testRule(consumerOverloaded, {
  valid: [
    {
      name: 'half load',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 100/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
    },
    {
      name: 'several instances',
      design: `
services: { work: { replicas: { max: 10 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 1000/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
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
      name: 'more than one worker can do',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 1000/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      becomes: `
services: { work: { replicas: { max: 8 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 1000/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'overloaded', element: 'consumers/do' }],
    },
    {
      name: 'a worker that is almost busy',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 160/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      becomes: `
services: { work: { replicas: { max: 2 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { peak: 160/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'busy', element: 'consumers/do', severity: 'warn' }],
    },
    {
      name: 'a group with more lanes than partitions',
      design: `
services: { work: { replicas: { max: 10 } } }
streams: { jobs: { broker: log, partitions: 2 } }
producers: { tell: { channel: jobs, rate: { peak: 1000/s } } }
consumers: { do: { service: work, channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'overloaded', element: 'consumers/do', noFix: true }],
    },
    {
      name: 'two producers that add up',
      design: `
exchanges: { events: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs } }
messages: { a: {}, b: {} }
producers: { one: { channel: events, messages: [a], rate: { peak: 150/s } }, two: { channel: events, messages: [b], rate: { peak: 150/s } } }
consumers: { do: { channel: jobs, processing: { p50: 5ms } } }
`,
      finds: [{ messageId: 'overloaded', element: 'consumers/do' }],
    },
  ],
  unknown: [
    {
      name: 'a rate and a time that are missing',
      design: `
services: { work: { replicas: { max: 1 } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, rate: { avg: 5/s } } }
consumers: { do: { service: work, channel: jobs } }
`,
      asks: ['consumers/do consumers.processing', 'producers/tell producers.rate'],
    },
  ],
});
