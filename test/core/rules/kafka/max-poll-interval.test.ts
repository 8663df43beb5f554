import { maxPollInterval } from '../../../../core/rules/kafka/max-poll-interval.ts';
import { testRule } from '../tester.ts';

testRule(maxPollInterval, {
  valid: [
    {
      name: 'a poll that takes half of its interval',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 300ms }, maxPollRecords: 500 } }
`,
      byDefault: [],
    },
    {
      name: 'few enough records by generated default',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 100ms } } }
`,
      byDefault: ['consumers/read consumers.maxPollRecords'],
    },
    {
      name: 'several handlers on one partition',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 600ms }, concurrencyPerPartition: 2 } }
`,
    },
    {
      name: 'a share group, which locks single records',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, groupType: share, processing: { p99: 5s } } }
`,
      byDefault: [],
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events } }
`,
    },
  ],
  invalid: [
    {
      name: 'the defaults of Kafka with 600 ms a record',
      design: `
streams: { events: { broker: log } }
consumers:
  read:
    channel: events
    processing: { p99: 600ms }
`,
      becomes: `
streams: { events: { broker: log } }
consumers:
  read:
    channel: events
    processing: { p99: 600ms }
    maxPollRecords: 250
`,
      finds: [{ messageId: 'late', element: 'consumers/read', field: 'maxPollRecords' }],
    },
    {
      name: 'many handlers that may all wait for one partition',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 600ms }, concurrency: 10 } }
`,
      finds: [{ messageId: 'late', element: 'consumers/read', field: 'maxPollRecords' }],
    },
    {
      name: 'a single record that takes longer than the interval',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 6m }, maxPollRecords: 1 } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p99: 6m }, maxPollRecords: 1, maxPollInterval: 12m } }
`,
      finds: [{ messageId: 'late', element: 'consumers/read', field: 'maxPollRecords' }],
    },
  ],
  unknown: [
    {
      name: 'a consumer whose processing time is not stated',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, processing: { p50: 1s } } }
`,
      asks: ['consumers/read consumers.processing'],
    },
  ],
});
