import { channelContradictsPattern } from '../../../../core/rules/pattern/channel-contradicts-pattern.ts';
import { testRule } from '../tester.ts';

testRule(channelContradictsPattern, {
  valid: [
    {
      name: 'a topic with a queue for each service',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { a: { broker: mq }, b: { broker: mq } }
bindings: { x: { source: events, destination: a }, y: { source: events, destination: b } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { ship: { channel: a }, mail: { channel: b } }
flows: { f: { pattern: topic, from: [tell], to: [ship, mail] } }
`,
    },
    {
      name: 'work from one of several queues of an exchange',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { a: { broker: mq }, b: { broker: mq } }
bindings: { x: { source: events, destination: a }, y: { source: events, destination: b } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { ship: { channel: a }, mail: { channel: b } }
flows: { f: { pattern: queue, from: [tell], to: [ship] } }
`,
    },
    {
      name: 'several consumers of one service on a queue',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
consumers: { fast: { service: work, channel: jobs }, slow: { service: work, channel: jobs } }
flows: { f: { pattern: queue, from: [tell], to: [fast, slow] } }
`,
    },
    {
      name: 'a history that ends at a stream',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { f: { pattern: stream, to: [read] } }
`,
    },
    {
      name: 'a flow without a pattern',
      design: `
flows: { f: { to: [] } }
`,
    },
  ],
  invalid: [
    {
      name: 'work that is copied to two services',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { a: { broker: mq }, b: { broker: mq } }
bindings: { x: { source: events, destination: a }, y: { source: events, destination: b } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { ship: { channel: a }, mail: { channel: b } }
flows: { f: { pattern: queue, from: [tell], to: [ship, mail] } }
`,
      becomes: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { a: { broker: mq }, b: { broker: mq } }
bindings: { x: { source: events, destination: a }, y: { source: events, destination: b } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { ship: { channel: a }, mail: { channel: b } }
flows: { f: { pattern: topic, from: [tell], to: [ship, mail] } }
`,
      finds: [{ messageId: 'copies', element: 'flows/f', field: 'pattern' }],
    },
    {
      name: 'work that two services read from a log',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { ship: { channel: events }, mail: { channel: events } }
flows: { f: { pattern: queue, from: [tell], to: [ship, mail] } }
`,
      finds: [{ messageId: 'copies', element: 'flows/f', field: 'pattern' }],
    },
    {
      name: 'a topic whose services share a queue',
      design: `
queues: { jobs: { broker: mq } }
consumers: { ship: { channel: jobs }, mail: { channel: jobs } }
flows: { f: { pattern: topic, to: [ship, mail] } }
`,
      finds: [{ messageId: 'shared', element: 'flows/f', field: 'pattern' }],
    },
    {
      name: 'a history that ends at a queue',
      design: `
queues: { jobs: { broker: aws } }
consumers: { ship: { channel: jobs } }
flows: { f: { pattern: stream, to: [ship] } }
`,
      becomes: `
queues: { jobs: { broker: aws } }
consumers: { ship: { channel: jobs } }
flows: { f: { pattern: queue, to: [ship] } }
`,
      finds: [{ messageId: 'destructive', element: 'flows/f', field: 'pattern' }],
    },
  ],
});
