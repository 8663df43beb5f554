import { bindingNeverMatches } from '../../../../core/rules/rabbitmq/binding-never-matches.ts';
import { testRule } from '../tester.ts';

const MESSAGES = 'messages: { order.created: {}, order.paid: {} }';

testRule(bindingNeverMatches, {
  valid: [
    {
      name: 'patterns and keys that match',
      design: `
${MESSAGES}
exchanges: { events: { broker: mq }, tasks: { broker: mq, type: direct } }
queues: { all: { broker: mq }, paid: { broker: mq } }
bindings:
  everything: { source: events, destination: all, routingKey: 'order.*' }
  paid-only: { source: tasks, destination: paid, routingKey: charge }
producers:
  tell: { channel: events, messages: [order.created, order.paid] }
  ask: { channel: tasks, messages: [order.paid], routingKeys: [charge] }
`,
    },
    {
      name: 'a fanout exchange',
      design: `
${MESSAGES}
exchanges: { events: { broker: mq, type: fanout } }
queues: { all: { broker: mq } }
bindings: { everything: { source: events, destination: all, routingKey: nothing } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
    },
    {
      name: 'a binding that matches everything, whatever enters',
      design: `
exchanges: { rest: { broker: mq }, by-header: { broker: mq, type: headers } }
queues: { all: { broker: mq } }
bindings: { everything: { source: rest, destination: all }, each: { source: by-header, destination: all } }
`,
    },
    {
      name: 'what other exchanges pass on',
      design: `
${MESSAGES}
exchanges:
  events: { broker: mq, type: fanout }
  orders: { broker: mq, alternateExchange: rest }
  rest: { broker: mq }
queues: { paid: { broker: mq }, parked: { broker: mq } }
bindings:
  on: { source: events, destination: orders }
  paid-only: { source: orders, destination: paid, routingKey: order.paid }
  keep: { source: rest, destination: parked, routingKey: order.created }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
`,
    },
    {
      name: 'what queues and consumers dead-letter',
      design: `
${MESSAGES}
exchanges: { dead: { broker: mq, type: direct }, late: { broker: mq } }
queues:
  jobs: { broker: mq, deadLetter: { exchange: dead } }
  mails: { broker: mq, deadLetter: { exchange: dead, routingKey: mail } }
  parked: { broker: mq }
bindings:
  of-jobs: { source: dead, destination: parked, routingKey: jobs }
  of-mails: { source: dead, destination: parked, routingKey: mail }
  of-work: { source: late, destination: parked, routingKey: failed }
producers: { tell: { channel: jobs, messages: [order.created] }, write: { channel: mails } }
consumers: { work: { channel: jobs, deadLetter: { exchange: late, routingKey: failed } } }
`,
    },
    {
      name: 'headers that match',
      design: `
${MESSAGES}
exchanges: { labels: { broker: mq, type: headers } }
queues: { express: { broker: mq } }
bindings: { fast: { source: labels, destination: express, headers: { carrier: express } } }
producers: { tell: { channel: labels, messages: [order.paid], headers: { carrier: express } } }
`,
    },
    {
      name: 'an exchange in a circle',
      design: `
${MESSAGES}
exchanges: { a: { broker: mq }, b: { broker: mq } }
queues: { all: { broker: mq } }
bindings:
  there: { source: a, destination: b }
  back: { source: b, destination: a }
  out: { source: b, destination: all, routingKey: order.created }
producers: { tell: { channel: a, messages: [order.created] } }
`,
    },
    {
      name: 'a key that the alternate exchange takes',
      design: `
${MESSAGES}
exchanges: { events: { broker: mq, alternateExchange: rest }, rest: { broker: mq, type: fanout } }
queues: { paid: { broker: mq }, parked: { broker: mq } }
bindings:
  paid-only: { source: events, destination: paid, routingKey: order.paid }
  keep: { source: rest, destination: parked }
producers: { tell: { channel: events, messages: [order.created, order.paid] } }
`,
    },
    {
      name: 'an exchange without bindings, which is about its subscribers',
      design: `
${MESSAGES}
exchanges: { events: { broker: mq }, more: { broker: mq } }
queues: { all: { broker: mq } }
bindings: { everything: { source: more, destination: all } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
    },
  ],
  invalid: [
    {
      name: 'a misspelt key, at the binding and at the producer',
      design: `
${MESSAGES}
exchanges: { events: { broker: mq } }
queues: { all: { broker: mq } }
bindings: { created: { source: events, destination: all, routingKey: orders.created } }
producers: { tell: { channel: events, messages: [order.created] } }
`,
      finds: [
        { messageId: 'binding', element: 'bindings/created', field: 'routingKey' },
        { messageId: 'key', element: 'producers/tell', field: 'routingKeys' },
      ],
    },
    {
      name: 'a star that stands for two words',
      design: `
messages: { order.item.added: {}, order.created: {} }
exchanges: { events: { broker: mq } }
queues: { items: { broker: mq }, all: { broker: mq } }
bindings:
  items: { source: events, destination: items, routingKey: '*.added' }
  everything: { source: events, destination: all, routingKey: 'order.#' }
producers: { tell: { channel: events, messages: [order.item.added, order.created] } }
`,
      finds: [{ messageId: 'binding', element: 'bindings/items', field: 'routingKey' }],
    },
    {
      name: 'headers that nobody sends',
      design: `
${MESSAGES}
exchanges: { labels: { broker: mq, type: headers } }
queues: { express: { broker: mq }, slow: { broker: mq } }
bindings:
  fast: { source: labels, destination: express, headers: { carrier: express } }
  rest: { source: labels, destination: slow, headers: { carrier: standard } }
producers: { tell: { channel: labels, messages: [order.paid], headers: { carrier: standard } } }
`,
      finds: [{ messageId: 'binding', element: 'bindings/fast', field: 'headers' }],
    },
    {
      name: 'seven keys of which none is for the queue',
      design: `
messages: { a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {} }
exchanges: { events: { broker: mq } }
queues: { all: { broker: mq }, other: { broker: mq } }
bindings:
  everything: { source: events, destination: all }
  h: { source: events, destination: other, routingKey: h }
producers: { tell: { channel: events, messages: [a, b, c, d, e, f, g] } }
`,
      finds: [{ messageId: 'binding', element: 'bindings/h', field: 'routingKey' }],
    },
  ],
  unknown: [
    {
      name: 'a producer without messages',
      design: `
exchanges: { events: { broker: mq } }
queues: { all: { broker: mq } }
bindings: { created: { source: events, destination: all, routingKey: order.created } }
producers: { tell: { channel: events } }
`,
      asks: ['bindings/created producers.messages'],
    },
    {
      name: 'an exchange into which nothing enters',
      design: `
exchanges: { events: { broker: mq } }
queues: { all: { broker: mq } }
bindings: { created: { source: events, destination: all, routingKey: order.created } }
`,
      asks: ['bindings/created producers.messages'],
    },
    {
      name: 'headers that the sender gives, and what lies behind them',
      design: `
${MESSAGES}
exchanges: { labels: { broker: mq, type: headers }, behind: { broker: mq } }
queues: { express: { broker: mq } }
bindings:
  fast: { source: labels, destination: behind, headers: { carrier: express } }
  paid: { source: behind, destination: express, routingKey: order.created }
producers: { tell: { channel: labels, messages: [order.paid] } }
`,
      asks: ['bindings/fast producers.headers', 'bindings/paid producers.messages'],
    },
  ],
});
