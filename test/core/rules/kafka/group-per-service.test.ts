import { groupPerService } from '../../../../core/rules/kafka/group-per-service.ts';
import { testRule } from '../tester.ts';

testRule(groupPerService, {
  valid: [
    {
      name: 'a group for each service',
      design: `
streams: { events: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: payment.orders }
  count: { channel: events, service: analytics, group: analytics.orders }
`,
      byDefault: [],
    },
    {
      name: 'missing groups, by generated default',
      design: `
streams: { events: { broker: log } }
consumers: { charge: { channel: events } }
`,
      byDefault: ['consumers/charge consumers.group'],
    },
    {
      name: 'the same group on two clusters',
      design: `
brokers: { log: { kind: kafka }, other: { kind: kafka } }
streams: { events: { broker: log }, more: { broker: other } }
consumers:
  charge: { channel: events, service: payment, group: orders }
  count: { channel: more, service: analytics, group: orders }
`,
    },
    {
      name: 'members of one group that do the same',
      design: `
streams: { events: { broker: log } }
consumers:
  blue: { channel: events, service: payment, group: payment }
  green: { channel: events, service: payment, group: payment }
`,
    },
    {
      name: 'two services on one stream, which is about the pattern',
      design: `
streams: { events: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: orders }
  count: { channel: events, service: analytics, group: orders }
`,
    },
    {
      name: 'a shared group name on Redis, where groups belong to a stream',
      design: `
streams: { events: { broker: redis }, more: { broker: redis } }
consumers:
  charge: { channel: events, service: payment, group: orders }
  count: { channel: more, service: analytics, group: orders }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'two services on two streams in one group',
      design: `
streams: { events: { broker: log }, returns: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: orders }
  count: { channel: returns, service: analytics, group: orders }
`,
      becomes: `
streams: { events: { broker: log }, returns: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: orders }
  count: { channel: returns, service: analytics, group: analytics.count }
`,
      finds: [{ messageId: 'services', element: 'consumers/count', field: 'group' }],
    },
    {
      name: 'one service that reads two streams in one group',
      design: `
streams: { events: { broker: log }, returns: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: payment }
  refund: { channel: returns, service: payment, group: payment }
`,
      finds: [{ messageId: 'subscriptions', element: 'consumers/refund', field: 'group' }],
    },
    {
      name: 'one service with a consumer for each message type in one group',
      design: `
messages: { order.created: {}, order.paid: {} }
streams: { events: { broker: log } }
consumers:
  charge: { channel: events, service: payment, group: payment, messages: [order.created] }
  book: { channel: events, service: payment, group: payment, messages: [order.paid] }
`,
      finds: [{ messageId: 'subscriptions', element: 'consumers/book', field: 'group' }],
    },
  ],
});
