import { topicWithoutSubscriber } from '../../../../core/rules/pattern/topic-without-subscriber.ts';
import { testRule } from '../tester.ts';

testRule(topicWithoutSubscriber, {
  valid: [
    {
      name: 'an exchange with a bound queue',
      design: `
exchanges: { events: { broker: mq } }
queues: { jobs: { broker: mq } }
bindings: { all: { source: events, destination: jobs } }
producers: { tell: { channel: events } }
`,
    },
    {
      name: 'a queue behind two exchanges that are bound in a circle',
      design: `
exchanges: { a: { broker: mq }, b: { broker: mq } }
queues: { jobs: { broker: mq } }
bindings:
  ab: { source: a, destination: b }
  ba: { source: b, destination: a }
  out: { source: b, destination: jobs }
producers: { tell: { channel: a } }
`,
    },
    {
      name: 'an exchange that nobody publishes to',
      design: `
exchanges: { events: { broker: mq } }
`,
    },
    {
      name: 'an SNS topic with a subscription',
      design: `
topics: { events: { broker: sns } }
queues: { jobs: { broker: aws } }
subscriptions: { all: { topic: events, endpoint: jobs } }
producers: { tell: { channel: events } }
`,
    },
    {
      name: 'a stream, which keeps what nobody reads yet',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
`,
    },
  ],
  invalid: [
    {
      name: 'an exchange without bindings',
      design: `
exchanges: { events: { broker: mq }, used: { broker: mq } }
queues: { jobs: { broker: mq, deadLetter: true } }
bindings: { all: { source: used, destination: jobs } }
producers: { tell: { channel: events }, ask: { channel: used } }
flows: { one: { from: [tell, ask] } }
`,
      becomes: `
exchanges: { used: { broker: mq } }
queues: { jobs: { broker: mq, deadLetter: true } }
bindings: { all: { source: used, destination: jobs } }
producers: { ask: { channel: used } }
flows: { one: { from: [ask] } }
`,
      finds: [{ messageId: 'unbound', element: 'exchanges/events' }],
    },
    {
      name: 'an exchange that leads to itself only',
      design: `
exchanges: { a: { broker: mq }, b: { broker: mq } }
bindings: { ab: { source: a, destination: b }, ba: { source: b, destination: a } }
producers: { tell: { channel: a } }
`,
      finds: [{ messageId: 'unbound', element: 'exchanges/a' }],
    },
    {
      name: 'an exchange with nothing but an alternate exchange',
      design: `
exchanges: { events: { broker: mq, alternateExchange: rest }, rest: { broker: mq, type: fanout } }
queues: { parked: { broker: mq, role: parking } }
bindings: { keep: { source: rest, destination: parked } }
producers: { tell: { channel: events } }
`,
      finds: [{ messageId: 'unbound', element: 'exchanges/events' }],
    },
  ],
});
