import { noDlqByDefault } from '../../../../core/rules/celery/no-dlq-by-default.ts';
import { testRule } from '../tester.ts';

testRule(noDlqByDefault, {
  valid: [
    {
      name: 'a task that is kept when it fails',
      design: `
queues: { tasks: { broker: celery, deadLetter: true } }
consumers: { render: { channel: tasks, celery: { acksOnFailure: false } } }
`,
      byDefault: [],
    },
    {
      name: 'a missing value, by generated default',
      design: `
queues: { tasks: { broker: celery, deadLetter: true } }
consumers: { render: { channel: tasks } }
`,
      byDefault: ['consumers/render consumers.celery.acksOnFailure'],
    },
    {
      name: 'another broker',
      design: `
queues: { tasks: { broker: mq } }
consumers: { render: { channel: tasks } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'the default of Celery',
      design: `
queues: { tasks: { broker: celery, deadLetter: true } }
consumers: { render: { channel: tasks, celery: { acksOnFailure: true } } }
`,
      becomes: `
queues: { tasks: { broker: celery, deadLetter: true } }
consumers: { render: { channel: tasks, celery: { acksOnFailure: false } } }
`,
      finds: [{ messageId: 'acknowledged', element: 'consumers/render', field: 'celery.acksOnFailure' }],
    },
  ],
});
