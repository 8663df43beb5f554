import { compactionNeedsKey } from '../../../../core/rules/kafka/compaction-needs-key.ts';
import { testRule } from '../tester.ts';

testRule(compactionNeedsKey, {
  valid: [
    {
      name: 'a producer with a key',
      design: `
streams: { accounts: { broker: log, cleanup: compact } }
producers: { tell: { channel: accounts, partitionKey: /accountId } }
`,
      byDefault: [],
    },
    {
      name: 'messages with an aggregate id, by generated default',
      design: `
messages: { account.changed: { aggregateIdPath: /accountId } }
streams: { accounts: { broker: log, cleanup: both } }
producers: { tell: { channel: accounts, messages: [account.changed] } }
`,
      byDefault: ['producers/tell producers.partitionKey'],
    },
    {
      name: 'a stream that deletes by age',
      design: `
streams: { events: { broker: log, cleanup: delete }, more: { broker: log } }
producers: { tell: { channel: events }, say: { channel: more } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a producer without a key',
      design: `
streams: { accounts: { broker: log, cleanup: compact } }
producers: { tell: { channel: accounts } }
`,
      finds: [{ messageId: 'no-key', element: 'producers/tell', field: 'partitionKey' }],
    },
    {
      name: 'one message without an aggregate id',
      design: `
messages: { account.changed: { aggregateIdPath: /accountId }, account.closed: {} }
streams: { accounts: { broker: log, cleanup: both } }
producers: { tell: { channel: accounts, messages: [account.changed, account.closed] } }
`,
      finds: [{ messageId: 'no-key', element: 'producers/tell', field: 'partitionKey' }],
    },
  ],
});
