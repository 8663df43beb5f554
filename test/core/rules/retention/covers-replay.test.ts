import { coversReplay } from '../../../../core/rules/retention/covers-replay.ts';
import { testRule } from '../tester.ts';

testRule(coversReplay, {
  valid: [
    {
      name: 'a retention with a margin',
      design: `
streams: { events: { broker: log, retention: 200d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
    },
    {
      name: 'a flow that replays nothing',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { audit: true } } }
`,
    },
    {
      name: 'a compacted topic',
      design: `
streams: { events: { broker: log, cleanup: compact } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
    },
    {
      name: 'a RabbitMQ stream without a limit',
      design: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
    },
    {
      name: 'entries of Redis that last',
      design: `
streams: { events: { broker: redis, maxLen: 100000 } }
producers: { tell: { channel: events, rate: { peak: 10/s } } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], replayHorizon: 1h } }
`,
    },
  ],
  invalid: [
    {
      name: 'the default of Kafka',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
      becomes: `
streams: { events: { broker: log, retention: 198d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
      finds: [{ messageId: 'short-by-default', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'a retention without a margin',
      design: `
streams: { events: { broker: log, retention: 180d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
      becomes: `
streams: { events: { broker: log, retention: 198d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true }, replayHorizon: 180d } }
`,
      finds: [{ messageId: 'short', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'a horizon that is beyond Kinesis',
      design: `
streams: { events: { broker: kinesis, retention: 365d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], replayHorizon: 800d } }
`,
      finds: [{ messageId: 'beyond', element: 'streams/events', field: 'retention', noFix: true }],
    },
    {
      name: 'a margin that is beyond Kinesis',
      design: `
streams: { events: { broker: kinesis, retention: 300d } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], replayHorizon: 350d } }
`,
      finds: [{ messageId: 'short', element: 'streams/events', field: 'retention' }],
    },
    {
      name: 'a replay from SQS',
      design: `
queues: { jobs: { broker: aws } }
consumers: { work: { channel: jobs } }
flows: { f: { to: [work], replayHorizon: 30d } }
`,
      finds: [{ messageId: 'beyond', element: 'queues/jobs', field: 'retention', noFix: true }],
    },
    {
      name: 'entries of Redis that do not last',
      design: `
streams: { events: { broker: redis, maxLen: 1000 } }
producers: { tell: { channel: events, rate: { peak: 10/s } } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], replayHorizon: 1h } }
`,
      finds: [{ messageId: 'short', element: 'streams/events', field: 'maxLen', noFix: true }],
    },
  ],
  unknown: [
    {
      name: 'a replay without a horizon',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], needs: { replay: true } } }
`,
      asks: ['flows/f flows.replayHorizon'],
    },
    {
      name: 'entries of Redis at an unknown rate',
      design: `
streams: { events: { broker: redis, maxLen: 1000 } }
producers: { tell: { channel: events } }
consumers: { read: { channel: events } }
flows: { f: { to: [read], replayHorizon: 1h } }
`,
      asks: ['producers/tell producers.rate'],
    },
  ],
});
