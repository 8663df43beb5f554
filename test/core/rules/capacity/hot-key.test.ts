import { hotKey } from '../../../../core/rules/capacity/hot-key.ts';
import { testRule } from '../tester.ts';

testRule(hotKey, {
  valid: [
    {
      name: 'many keys of which none stands out',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 1000/s }, keyCardinality: 100000, hotKeyShare: 0.01 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
    },
    {
      name: 'a flow without order on Kafka',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 1000/s } } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: none } }
`,
    },
    {
      name: 'a single partition',
      design: `
streams: { events: { broker: log, partitions: 1 } }
producers: { tell: { channel: events, rate: { peak: 10/s } } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
    },
    {
      name: 'a FIFO queue, which has as many groups as keys',
      design: `
queues: { events: { broker: aws, type: fifo } }
producers: { tell: { channel: events, rate: { peak: 100/s }, hotKeyShare: 0.1 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
    },
    {
      name: 'a RabbitMQ queue',
      design: `
queues: { events: { broker: mq } }
producers: { tell: { channel: events, rate: { peak: 100/s } } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
    },
  ],
  invalid: [
    {
      name: 'a key that is busier than one handler',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 1000/s }, keyCardinality: 100000, hotKeyShare: 0.5 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'lane', element: 'producers/tell', field: 'hotKeyShare' }],
    },
    {
      name: 'a key that is busier than a shard',
      design: `
streams: { events: { broker: kinesis } }
producers: { tell: { channel: events, rate: { peak: 9000/s }, keyCardinality: 100000, hotKeyShare: 0.2 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: none } }
`,
      finds: [{ messageId: 'quota', element: 'producers/tell', field: 'hotKeyShare' }],
    },
    {
      name: 'a message group that is busier than its quota',
      design: `
topics: { events: { broker: sns, fifo: true } }
producers: { tell: { channel: events, rate: { peak: 9000/s }, hotKeyShare: 0.5 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'quota', element: 'producers/tell', field: 'hotKeyShare' }],
    },
    {
      name: 'ten keys on six partitions',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, rate: { peak: 10/s }, keyCardinality: 10, hotKeyShare: 0.1 } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
      finds: [{ messageId: 'few-keys', element: 'producers/tell', field: 'keyCardinality' }],
    },
  ],
  unknown: [
    {
      name: 'keys that nobody has counted',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [] } }
consumers: { read: { channel: events, processing: { p50: 5ms } } }
flows: { f: { from: [tell], to: [read], ordering: per-key } }
`,
      asks: [
        'producers/tell producers.hotKeyShare',
        'producers/tell producers.keyCardinality',
        'producers/tell producers.rate',
      ],
    },
  ],
});
