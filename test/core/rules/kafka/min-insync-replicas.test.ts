import { minInsyncReplicas } from '../../../../core/rules/kafka/min-insync-replicas.ts';
import { testRule } from '../tester.ts';

testRule(minInsyncReplicas, {
  valid: [
    {
      name: 'two of three copies',
      design: `
streams: { events: { broker: log, replication: 3, minInsync: 2 } }
`,
      byDefault: [],
    },
    {
      name: 'a missing number, by generated default',
      design: `
streams: { events: { broker: log } }
`,
      byDefault: ['streams/events streams.minInsync'],
    },
    {
      name: 'a stream whose only producer waits for no copy',
      design: `
streams: { events: { broker: log, minInsync: 1 } }
producers: { tell: { channel: events, acks: '1' } }
`,
    },
    {
      name: 'one of one copy, which is about the copies',
      design: `
streams: { events: { broker: log, replication: 1, minInsync: 1 } }
`,
    },
    {
      name: 'the leader alone outside of production',
      design: `
design: { name: test, environment: staging }
brokers: { log: { kind: kafka } }
streams: { events: { broker: log, minInsync: 1 } }
`,
    },
  ],
  invalid: [
    {
      name: 'the leader alone, with a producer that relies on the confirm',
      design: `
streams:
  events:
    broker: log
    minInsync: 1 # faster
producers: { tell: { channel: events } }
`,
      becomes: `
streams:
  events:
    broker: log
    minInsync: 2 # faster
producers: { tell: { channel: events } }
`,
      finds: [{ messageId: 'leader-alone', element: 'streams/events', field: 'minInsync' }],
    },
    {
      name: 'all copies',
      design: `
streams: { events: { broker: log, replication: 3, minInsync: 3 } }
`,
      finds: [{ messageId: 'all-copies', element: 'streams/events', field: 'minInsync' }],
    },
    {
      name: 'both of two copies, which a person must change',
      design: `
streams: { events: { broker: log, replication: 2, minInsync: 2 } }
`,
      finds: [{ messageId: 'all-copies', element: 'streams/events', field: 'minInsync', noFix: true }],
    },
    {
      name: 'more than the one copy of a local design, one step milder',
      design: `
design: { name: test }
brokers: { log: { kind: kafka } }
streams: { events: { broker: log, minInsync: 2 } }
`,
      finds: [
        {
          messageId: 'all-copies',
          element: 'streams/events',
          field: 'minInsync',
          severity: 'warn',
          noFix: true,
        },
      ],
    },
  ],
});
