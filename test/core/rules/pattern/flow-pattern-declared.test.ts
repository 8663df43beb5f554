import { flowPatternDeclared } from '../../../../core/rules/pattern/flow-pattern-declared.ts';
import { testRule } from '../tester.ts';

testRule(flowPatternDeclared, {
  valid: [
    {
      name: 'a flow that names its pattern',
      design: `
flows: { pay: { pattern: queue } }
`,
    },
  ],
  invalid: [
    {
      name: 'a flow with one service at a queue',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work] } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work], pattern: queue } }
`,
      finds: [{ messageId: 'missing', element: 'flows/pay', field: 'pattern' }],
    },
    {
      name: 'a flow to several services',
      design: `
queues: { jobs: { broker: mq }, mails: { broker: mq } }
consumers: { work: { channel: jobs }, mail: { channel: mails } }
flows: { pay: { to: [work, mail] } }
`,
      becomes: `
queues: { jobs: { broker: mq }, mails: { broker: mq } }
consumers: { work: { channel: jobs }, mail: { channel: mails } }
flows: { pay: { to: [work, mail], pattern: topic } }
`,
      finds: [{ messageId: 'missing', element: 'flows/pay', field: 'pattern' }],
    },
    {
      name: 'a flow to a log',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { keep: { to: [read] } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events } }
flows: { keep: { to: [read], pattern: stream } }
`,
      finds: [{ messageId: 'missing', element: 'flows/keep', field: 'pattern' }],
    },
    {
      name: 'a flow to nowhere, about which nothing can be inferred',
      design: `
flows: { pay: { ordering: none } }
`,
      finds: [{ messageId: 'missing', element: 'flows/pay', field: 'pattern', noFix: true }],
    },
    {
      name: 'a flow where losing a message is accepted',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { measure: { to: [work], criticality: lossTolerant } }
`,
      finds: [{ messageId: 'missing', element: 'flows/measure', field: 'pattern', severity: 'warn' }],
    },
    {
      name: 'a local design',
      design: `
design: { name: test, environment: local }
flows: { pay: {} }
`,
      finds: [
        { messageId: 'missing', element: 'flows/pay', field: 'pattern', severity: 'warn', noFix: true },
      ],
    },
  ],
});
