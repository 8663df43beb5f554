import { historyNeedsStream } from '../../../../core/rules/pattern/history-needs-stream.ts';
import { testRule } from '../tester.ts';

testRule(historyNeedsStream, {
  valid: [
    {
      name: 'a replay from a log',
      design: `
streams: { events: { broker: log } }
consumers: { do: { channel: events } }
flows: { f: { to: [do], needs: { replay: true, audit: true } } }
`,
    },
    {
      name: 'a log beside the queue',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq } }
streams: { kept: { broker: mq } }
bindings: { a: { source: events, destination: jobs }, b: { source: events, destination: kept } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { do: { channel: jobs } }
flows: { f: { from: [tell], to: [do], needs: { audit: true } } }
`,
    },
    {
      name: 'a queue without such a need',
      design: `
queues: { jobs: { broker: mq } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], needs: { replay: false } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a replay from a queue behind a topic exchange',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: topic } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs, routingKey: paid } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { do: { channel: jobs } }
flows: { f: { from: [tell], to: [do], needs: { replay: true }, replayHorizon: 100d } }
`,
      finds: [{ messageId: 'forgotten', element: 'flows/f', field: 'needs' }],
    },
    {
      name: 'a replay from a queue behind a direct exchange',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: direct } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs, routingKey: paid } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { do: { channel: jobs } }
flows: { f: { from: [tell], to: [do], needs: { replay: true }, replayHorizon: 100d } }
`,
      finds: [{ messageId: 'forgotten', element: 'flows/f', field: 'needs' }],
    },
    {
      name: 'a replay from a queue behind a fanout exchange',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs, routingKey: paid } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { do: { channel: jobs } }
flows: { f: { from: [tell], to: [do], needs: { replay: true }, replayHorizon: 100d } }
`,
      finds: [{ messageId: 'forgotten', element: 'flows/f', field: 'needs' }],
    },
    {
      name: 'a headers exchange, from which no single binding takes everything',
      design: `
messages: { paid: {} }
exchanges: { events: { broker: mq, type: headers } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs, routingKey: paid } }
producers: { tell: { channel: events, messages: [paid] } }
consumers: { do: { channel: jobs } }
flows: { f: { from: [tell], to: [do], needs: { replay: true }, replayHorizon: 100d } }
`,
      finds: [{ messageId: 'forgotten', element: 'flows/f', field: 'needs', noFix: true }],
    },
    {
      name: 'event sourcing from SQS',
      design: `
queues: { jobs: { broker: aws } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], needs: { eventSourcing: true, cdc: true } } }
`,
      finds: [{ messageId: 'forgotten', element: 'flows/f', field: 'needs', noFix: true }],
    },
  ],
});
