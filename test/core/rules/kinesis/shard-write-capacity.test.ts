import { shardWriteCapacity } from '../../../../core/rules/kinesis/shard-write-capacity.ts';
import { testRule } from '../tester.ts';

testRule(shardWriteCapacity, {
  valid: [
    {
      name: 'shards for 10,000 records a second',
      design: `
messages: { reading: { size: { avg: 100B } } }
streams: { readings: { broker: kinesis, mode: provisioned, partitions: 10 } }
producers: { measure: { channel: readings, messages: [reading], rate: { peak: 10000/s } } }
`,
      byDefault: [],
    },
    {
      name: 'a stream on demand, by generated default',
      design: `
streams: { readings: { broker: kinesis } }
producers: { measure: { channel: readings } }
`,
      byDefault: ['streams/readings streams.mode'],
    },
    {
      name: 'the shards that are generated',
      design: `
messages: { reading: { size: { avg: 1KiB } } }
streams: { readings: { broker: kinesis, mode: provisioned } }
producers: { measure: { channel: readings, messages: [reading], rate: { peak: 6000/s } } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { readings: { broker: log, partitions: 1 } }
producers: { measure: { channel: readings, rate: { peak: 10000/s } } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'too many records of two producers',
      design: `
messages: { reading: { size: { avg: 100B } } }
streams: { readings: { broker: kinesis, mode: provisioned, partitions: 2 } }
producers:
  measure: { channel: readings, messages: [reading], rate: { peak: 1500/s } }
  count: { channel: readings, messages: [reading], rate: { peak: 1001/s } }
`,
      becomes: `
messages: { reading: { size: { avg: 100B } } }
streams: { readings: { broker: kinesis, mode: provisioned, partitions: 3 } }
producers:
  measure: { channel: readings, messages: [reading], rate: { peak: 1500/s } }
  count: { channel: readings, messages: [reading], rate: { peak: 1001/s } }
`,
      finds: [{ messageId: 'records', element: 'streams/readings', field: 'partitions' }],
    },
    {
      name: 'too many bytes',
      design: `
messages: { picture: { size: { avg: 256KiB } }, mark: { size: { avg: 1KiB } } }
streams: { pictures: { broker: kinesis, mode: provisioned, partitions: 4 } }
producers: { upload: { channel: pictures, messages: [mark, picture], rate: { peak: 100/s } } }
`,
      becomes: `
messages: { picture: { size: { avg: 256KiB } }, mark: { size: { avg: 1KiB } } }
streams: { pictures: { broker: kinesis, mode: provisioned, partitions: 25 } }
producers: { upload: { channel: pictures, messages: [mark, picture], rate: { peak: 100/s } } }
`,
      finds: [{ messageId: 'bytes', element: 'streams/pictures', field: 'partitions' }],
    },
  ],
  unknown: [
    {
      name: 'neither rate nor size',
      design: `
messages: { reading: {} }
streams: { readings: { broker: kinesis, mode: provisioned, partitions: 1 } }
producers: { measure: { channel: readings, messages: [reading] } }
`,
      asks: ['messages/reading messages.size', 'producers/measure producers.rate'],
    },
  ],
});
