import { prefetchMultiplier } from '../../../../core/rules/celery/prefetch-multiplier.ts';
import { testRule } from '../tester.ts';

const BROKERS = 'brokers: { redis: { kind: redis }, celery: { kind: celery, transport: redis } }';

testRule(prefetchMultiplier, {
  valid: [
    {
      name: 'one late task for each process',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 1 }, processing: { p99: 1m } } }
`,
      byDefault: [],
    },
    {
      name: 'a missing multiplier, by generated default',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks } }
`,
      byDefault: ['consumers/render consumers.celery.prefetchMultiplier'],
    },
    {
      name: 'four short tasks',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4 }, processing: { p99: 50ms } } }
`,
    },
    {
      name: 'workers that reserve nothing',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4, disablePrefetch: true } } }
`,
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
      name: 'no limit',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 0 } } }
`,
      becomes: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 1 } } }
`,
      finds: [{ messageId: 'unlimited', element: 'consumers/render', field: 'celery.prefetchMultiplier' }],
    },
    {
      name: 'four long tasks for each process',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4 }, processing: { p99: 1m } } }
`,
      finds: [{ messageId: 'many', element: 'consumers/render', field: 'celery.prefetchMultiplier' }],
    },
    {
      name: 'long tasks that are acknowledged early, on Redis',
      design: `
${BROKERS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { acksLate: false }, processing: { p99: 1m } } }
`,
      becomes: `
${BROKERS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { acksLate: false, disablePrefetch: true }, processing: { p99: 1m } } }
`,
      finds: [{ messageId: 'early', element: 'consumers/render', field: 'celery.acksLate' }],
    },
    {
      name: 'the same before 5.6, where a person must choose',
      design: `
brokers: { redis: { kind: redis }, celery: { kind: celery, version: '5.5', transport: redis } }
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { acksLate: false }, processing: { p99: 1m } } }
`,
      finds: [{ messageId: 'early', element: 'consumers/render', field: 'celery.acksLate', noFix: true }],
    },
  ],
  unknown: [
    {
      name: 'four tasks of unknown length',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4 } } }
`,
      asks: ['consumers/render consumers.processing'],
    },
  ],
});
