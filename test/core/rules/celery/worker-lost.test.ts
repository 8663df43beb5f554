import { workerLost } from '../../../../core/rules/celery/worker-lost.ts';
import { testRule } from '../tester.ts';

testRule(workerLost, {
  valid: [
    {
      name: 'a task that returns to the queue',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { rejectOnWorkerLost: true, maxRedeliveries: 20 } } }
`,
      byDefault: [],
    },
    {
      name: 'missing values, by generated default',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks } }
`,
      byDefault: [
        'consumers/render consumers.celery.rejectOnWorkerLost',
        'consumers/render consumers.celery.maxRedeliveries',
      ],
    },
    {
      name: 'a task that is acknowledged early anyway',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { acksLate: false, rejectOnWorkerLost: false } } }
`,
      byDefault: [],
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
      name: 'a late task that is lost with its process',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { rejectOnWorkerLost: false } } }
`,
      becomes: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { rejectOnWorkerLost: true } } }
`,
      finds: [{ messageId: 'lost', element: 'consumers/render', field: 'celery.rejectOnWorkerLost' }],
    },
  ],
});
