import { filterNeverMatches } from '../../../../core/rules/sns/filter-never-matches.ts';
import { testRule } from '../tester.ts';

testRule(filterNeverMatches, {
  valid: [
    {
      name: 'an attribute of one of the messages',
      design: `
messages: { order.created: { attributes: [country] }, order.paid: {} }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { german: { topic: events, endpoint: jobs, filter: { country: [DE] } } }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
`,
    },
    {
      name: 'a header of the producer, a header of the envelope and one that may be absent',
      design: `
messages: { order.created: {} }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions:
  some: { topic: events, endpoint: jobs, filter: { tier: [gold], loom-event-type: [order.created], test: [{ exists: false }] } }
producers: { tell: { channel: events, messages: [order.created], headers: { tier: gold } } }
`,
    },
    {
      name: 'one branch of several',
      design: `
messages: { order.created: { attributes: [country] } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { some: { topic: events, endpoint: jobs, filter: { $or: [{ region: [EU] }, { country: [DE] }] } } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
    },
    {
      name: 'a property of the body, below another',
      design: `
messages:
  order.created: { schema: { type: object, properties: { customer: { type: object, properties: { country: {} } } } } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions:
  german: { topic: events, endpoint: jobs, filterScope: MessageBody, filter: { customer: { country: [DE] } } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
    },
    {
      name: 'a subscription without a filter, and one with an empty one',
      design: `
messages: { order.created: {} }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws }, mails: { broker: aws } }
subscriptions: { all: { topic: events, endpoint: jobs }, each: { topic: events, endpoint: mails, filter: {} } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
    },
  ],
  invalid: [
    {
      name: 'an attribute that no message has',
      design: `
messages: { order.created: { attributes: [country] }, order.paid: {} }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { german: { topic: events, endpoint: jobs, filter: { Country: [DE] } } }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
`,
      finds: [{ messageId: 'attributes', element: 'subscriptions/german', field: 'filter' }],
    },
    {
      name: 'two attributes of which each message has one',
      design: `
messages: { order.created: { attributes: [country] }, order.paid: { attributes: [method] } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { some: { topic: events, endpoint: jobs, filter: { country: [DE], method: [card] } } }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
`,
      finds: [{ messageId: 'attributes', element: 'subscriptions/some', field: 'filter' }],
    },
    {
      name: 'the envelope of messages that have none',
      design: `
messages: { order.created: { envelope: none } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { some: { topic: events, endpoint: jobs, filter: { loom-event-type: [order.created] } } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
      finds: [{ messageId: 'attributes', element: 'subscriptions/some', field: 'filter' }],
    },
    {
      name: 'an attribute that is looked for in the body',
      design: `
messages: { order.created: { attributes: [country], schema: { type: object, properties: { orderId: {} } } } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { german: { topic: events, endpoint: jobs, filterScope: MessageBody, filter: { country: [DE] } } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
      finds: [{ messageId: 'body', element: 'subscriptions/german', field: 'filter' }],
    },
  ],
  unknown: [
    {
      name: 'a producer without messages',
      design: `
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { german: { topic: events, endpoint: jobs, filter: { country: [DE] } } }
producers: { tell: { channel: events } }
`,
      asks: ['subscriptions/german producers.messages'],
    },
    {
      name: 'schemas that are missing or lie elsewhere',
      design: `
messages: { order.created: {}, order.paid: { schema: { $ref: paid.json } }, order.shipped: { schema: { type: object } } }
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions:
  german: { topic: events, endpoint: jobs, filterScope: MessageBody, filter: { $or: [{ country: [DE] }] } }
producers: { tell: { channel: events, messages: [order.created, order.paid, order.shipped] } }
`,
      asks: ['messages/order.created messages.schema', 'messages/order.paid messages.schema'],
    },
  ],
});
