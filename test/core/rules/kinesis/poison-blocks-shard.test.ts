import { poisonBlocksShard } from '../../../../core/rules/kinesis/poison-blocks-shard.ts';
import { testRule } from '../tester.ts';

testRule(poisonBlocksShard, {
  valid: [
    {
      name: 'a mapping that gives up',
      design: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings, esm: { maxRetryAttempts: 3, bisect: true, onFailure: dead-letter } } }
`,
      byDefault: [],
    },
    {
      name: 'a function without a mapping, by generated default',
      design: `
services: { read: { runtime: lambda } }
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings } }
`,
      byDefault: [
        'consumers/read consumers.esm.maxRetryAttempts',
        'consumers/read consumers.esm.onFailure',
        'consumers/read consumers.esm.bisect',
      ],
    },
    {
      name: 'retries that end with the age of the record',
      design: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings, esm: { maxRetryAttempts: -1, maxRecordAge: 10m } } }
`,
    },
    {
      name: 'a consumer that is no function',
      design: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'the defaults of Lambda',
      design: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings, esm: { maxRetryAttempts: -1, bisect: false, onFailure: none } } }
`,
      finds: [
        { messageId: 'endless', element: 'consumers/read', field: 'esm.maxRetryAttempts' },
        { messageId: 'whole', element: 'consumers/read', field: 'esm.bisect', severity: 'warn' },
        { messageId: 'dropped', element: 'consumers/read', field: 'esm.onFailure' },
      ],
    },
    {
      name: 'retries without end',
      design: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings, esm: { maxRetryAttempts: -1 } } }
`,
      becomes: `
streams: { readings: { broker: kinesis } }
consumers: { read: { channel: readings, esm: { maxRetryAttempts: 5 } } }
`,
      finds: [{ messageId: 'endless', element: 'consumers/read', field: 'esm.maxRetryAttempts' }],
    },
  ],
});
