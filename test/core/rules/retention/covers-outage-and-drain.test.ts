import { coversOutageAndDrain } from '../../../../core/rules/retention/covers-outage-and-drain.ts';
import { testRule } from '../tester.ts';

testRule(coversOutageAndDrain, {
  valid: [
    {
      name: 'a week for an outage of four hours at half load',
      design: `
streams: { work: { broker: log } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'a RabbitMQ queue without a time to live',
      design: `
queues: { work: { broker: mq } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'an overloaded consumer, which another rule reports',
      design: `
streams: { work: { broker: log } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 500ms } } }
flows: { f: { to: [do] } }
`,
    },
    {
      name: 'a channel without consumers',
      design: `
streams: { events: { broker: kinesis } }
`,
    },
  ],
  invalid: [
    {
      name: 'a day of Kinesis for a long weekend',
      design: `
streams: { work: { broker: kinesis, partitions: 1, mode: provisioned } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 5ms } } }
flows: { f: { to: [do], maxConsumerOutage: 60h } }
`,
      becomes: `
streams: { work: { broker: kinesis, partitions: 1, mode: provisioned, retention: 10d } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 5ms } } }
flows: { f: { to: [do], maxConsumerOutage: 60h } }
`,
      finds: [{ messageId: 'short', element: 'streams/work', field: 'retention' }],
    },
    {
      name: 'a message that expires while its consumer is away',
      design: `
queues: { work: { broker: mq, messageTtl: 1h } }
producers: { tell: { channel: work, rate: { avg: 1/s } } }
consumers: { do: { channel: work } }
flows: { f: { to: [do] } }
`,
      finds: [{ messageId: 'shorter-than-outage', element: 'queues/work', field: 'messageTtl' }],
    },
    {
      name: 'an outage that SQS cannot outlast',
      design: `
queues: { work: { broker: aws, retention: 14d } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 9ms } } }
flows: { f: { to: [do], maxConsumerOutage: 3d } }
`,
      finds: [{ messageId: 'short', element: 'queues/work', field: 'retention', noFix: true }],
    },
    {
      name: 'entries of Redis that are trimmed too early',
      design: `
streams: { work: { broker: redis, maxLen: 1000 } }
producers: { tell: { channel: work, rate: { peak: 100/s } } }
consumers: { do: { channel: work, processing: { p50: 5ms } } }
flows: { f: { to: [do] } }
`,
      finds: [{ messageId: 'short', element: 'streams/work', field: 'maxLen', noFix: true }],
    },
    {
      name: 'the outage of a consumer, which stands above that of its flow',
      design: `
streams: { work: { broker: log, retention: 2d } }
consumers: { do: { channel: work, maxOutage: 3d } }
flows: { f: { to: [do], maxConsumerOutage: 1h } }
`,
      finds: [{ messageId: 'shorter-than-outage', element: 'streams/work', field: 'retention' }],
    },
  ],
  unknown: [
    {
      name: 'a load that is not stated',
      design: `
streams: { work: { broker: log } }
producers: { tell: { channel: work, rate: { avg: 1/s } } }
consumers: { do: { channel: work } }
flows: { f: { to: [do] } }
`,
      asks: ['consumers/do consumers.processing', 'producers/tell producers.rate'],
    },
  ],
});
