import { replicationFactor } from '../../../../core/rules/kafka/replication-factor.ts';
import { testRule } from '../tester.ts';

testRule(replicationFactor, {
  valid: [
    {
      name: 'three copies',
      design: `
brokers: { log: { kind: kafka, nodes: 3 } }
streams: { events: { broker: log, replication: 3 } }
`,
      byDefault: [],
    },
    {
      name: 'a missing number, by generated default',
      design: `
streams: { events: { broker: log } }
`,
      byDefault: ['streams/events streams.replication'],
    },
    {
      name: 'one copy outside of production',
      design: `
design: { name: test, environment: staging }
brokers: { log: { kind: kafka } }
streams: { events: { broker: log, replication: 1 } }
`,
    },
    {
      name: 'a stream of another broker',
      design: `
streams: { events: { broker: kinesis } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a single copy in production, once for the stream and what shorthand adds to it',
      design: `
brokers: { log: { kind: kafka, nodes: 3 } }
streams: { events: { broker: log, replication: 1 } }
consumers: { read: { channel: events, deadLetter: true } }
`,
      becomes: `
brokers: { log: { kind: kafka, nodes: 3 } }
streams: { events: { broker: log, replication: 3 } }
consumers: { read: { channel: events, deadLetter: true } }
`,
      finds: [{ messageId: 'too-few', element: 'streams/events', field: 'replication' }],
    },
    {
      name: 'two copies on two nodes, which a person must change',
      design: `
brokers: { log: { kind: kafka, nodes: 2 } }
streams: { events: { broker: log, replication: 2 } }
`,
      finds: [{ messageId: 'too-few', element: 'streams/events', field: 'replication', noFix: true }],
    },
    {
      name: 'more copies than nodes, also where the number is the generated one',
      design: `
brokers: { log: { kind: kafka, nodes: 2 } }
streams: { events: { broker: log, replication: 3 }, more: { broker: log } }
`,
      finds: [
        { messageId: 'more-than-nodes', element: 'streams/events', field: 'replication', noFix: true },
        { messageId: 'more-than-nodes', element: 'streams/more', field: 'replication', noFix: true },
      ],
    },
    {
      name: 'more copies than nodes in a local design, one step milder',
      design: `
design: { name: test, environment: local }
brokers: { log: { kind: kafka, nodes: 1 } }
streams: { events: { broker: log, replication: 3 } }
`,
      finds: [
        {
          messageId: 'more-than-nodes',
          element: 'streams/events',
          field: 'replication',
          severity: 'warn',
          noFix: true,
        },
      ],
    },
  ],
});
