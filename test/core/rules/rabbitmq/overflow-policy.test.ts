import { overflowPolicy } from '../../../../core/rules/rabbitmq/overflow-policy.ts';
import { testRule } from '../tester.ts';

testRule(overflowPolicy, {
  valid: [
    {
      name: 'a queue that refuses, with a producer that is told',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: reject-publish } }
producers: { tell: { channel: jobs, confirms: true } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
queues: { jobs: { broker: mq, maxLengthBytes: 1GiB } }
producers: { tell: { channel: jobs } }
`,
      byDefault: ['queues/jobs queues.overflow'],
    },
    {
      name: 'drop-head with a dead-letter queue',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: drop-head, deadLetter: true } }
`,
    },
    {
      name: 'drop-head without a limit, which never drops',
      design: `
queues: { jobs: { broker: mq, overflow: drop-head } }
`,
      byDefault: [],
    },
    {
      name: 'drop-head of messages that may be lost',
      design: `
queues: { samples: { broker: mq, maxLength: 1000, overflow: drop-head, criticality: lossTolerant } }
`,
    },
    {
      name: 'reject-publish-dlx on a classic queue',
      design: `
queues: { jobs: { broker: mq, type: classic, maxLength: 1000, overflow: reject-publish-dlx, deadLetter: true } }
`,
    },
    {
      name: 'a producer without confirms that reaches another queue',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000 }, samples: { broker: mq } }
producers: { measure: { channel: samples, confirms: false } }
`,
    },
  ],
  invalid: [
    {
      name: 'reject-publish-dlx on the generated type of queue',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: reject-publish-dlx } }
`,
      becomes: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: reject-publish } }
`,
      finds: [{ messageId: 'unsupported', element: 'queues/jobs', field: 'overflow' }],
    },
    {
      name: 'drop-head on a critical queue',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, maxLengthBytes: 1MiB, overflow: drop-head, criticality: critical } }
`,
      finds: [{ messageId: 'drop-head', element: 'queues/jobs', field: 'overflow' }],
    },
    {
      name: 'drop-head on the way of a critical flow',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: drop-head } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work], criticality: critical } }
`,
      finds: [{ messageId: 'drop-head', element: 'queues/jobs', field: 'overflow' }],
    },
    {
      name: 'drop-head on another queue, a warning',
      design: `
queues: { jobs: { broker: mq, maxLength: 1000, overflow: drop-head } }
`,
      finds: [{ messageId: 'drop-head', element: 'queues/jobs', field: 'overflow', severity: 'warn' }],
    },
    {
      name: 'producers without confirms, directly and through an exchange',
      design: `
messages: { order.created: {} }
exchanges: { events: { broker: mq } }
queues: { jobs: { broker: mq, maxLength: 1000 } }
bindings: { all: { source: events, destination: jobs } }
producers:
  tell: { channel: events, messages: [order.created], confirms: false }
  ask: { channel: jobs, confirms: false }
`,
      becomes: `
messages: { order.created: {} }
exchanges: { events: { broker: mq } }
queues: { jobs: { broker: mq, maxLength: 1000 } }
bindings: { all: { source: events, destination: jobs } }
producers:
  tell: { channel: events, messages: [order.created], confirms: true }
  ask: { channel: jobs, confirms: true }
`,
      finds: [{ messageId: 'unconfirmed', element: 'queues/jobs', field: 'overflow' }],
    },
  ],
});
