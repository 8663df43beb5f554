import { dlqByDeliveryCount } from '../../../../core/rules/redis/dlq-by-delivery-count.ts';
import { testRule } from '../tester.ts';

testRule(dlqByDeliveryCount, {
  valid: [
    {
      name: 'more deliveries than attempts, and a dead-letter stream',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, maxDeliveries: 50, deadLetter: true } }
`,
      byDefault: [],
    },
    {
      name: 'a missing number, by generated default',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events } }
`,
      byDefault: ['consumers/read consumers.maxDeliveries'],
    },
    {
      name: 'a consumer that stops instead',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, maxDeliveries: 50, onFailure: stop } }
`,
    },
    {
      name: 'attempts without end, which is about the attempts',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, maxDeliveries: 50, deadLetter: true, retry: { maxAttempts: -1 } } }
`,
    },
    {
      name: 'a Pub/Sub channel, and another broker',
      design: `
topics: { news: { broker: redis } }
streams: { events: { broker: log } }
consumers: { hear: { channel: news }, read: { channel: events } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'entries that nobody counts',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, noack: true } }
`,
      becomes: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, noack: false } }
`,
      finds: [{ messageId: 'not-counted', element: 'consumers/read', field: 'noack' }],
    },
    {
      name: 'a limit with nowhere to go, on a queue',
      design: `
queues: { jobs: { broker: redis } }
consumers: { work: { channel: jobs, maxDeliveries: 50 } }
`,
      finds: [{ messageId: 'no-target', element: 'consumers/work', field: 'maxDeliveries', noFix: true }],
    },
    {
      name: 'as many deliveries as attempts',
      design: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, maxDeliveries: 8, deadLetter: true, retry: { maxAttempts: 8 } } }
`,
      becomes: `
streams: { events: { broker: redis } }
consumers: { read: { channel: events, maxDeliveries: 80, deadLetter: true, retry: { maxAttempts: 8 } } }
`,
      finds: [
        { messageId: 'below-attempts', element: 'consumers/read', field: 'maxDeliveries', severity: 'warn' },
      ],
    },
  ],
});
