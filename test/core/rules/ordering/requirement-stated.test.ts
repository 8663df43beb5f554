import { requirementStated } from '../../../../core/rules/ordering/requirement-stated.ts';
import { testRule } from '../tester.ts';

testRule(requirementStated, {
  valid: [
    {
      name: 'a flow that needs no order',
      design: `
flows: { pay: { ordering: none } }
`,
    },
    {
      name: 'a consumer in a flow',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
    },
    {
      name: 'a consumer of dead letters, which belongs to no flow',
      design: `
queues: { jobs.dead: { broker: mq, role: dead-letter } }
consumers: { inspect: { channel: jobs.dead } }
`,
    },
  ],
  invalid: [
    {
      name: 'a flow without a statement',
      design: `
flows: { pay: {} }
`,
      finds: [{ messageId: 'flow', element: 'flows/pay', field: 'ordering' }],
    },
    {
      name: 'a consumer that belongs to no flow',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'consumer', element: 'consumers/work' }],
    },
    {
      name: 'a flow of a local design, one step milder',
      design: `
design: { name: test, environment: local }
flows: { ship: {} }
`,
      finds: [{ messageId: 'flow', element: 'flows/ship', field: 'ordering', severity: 'info' }],
    },
  ],
});
