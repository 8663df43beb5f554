import { acksLateNeedsIdempotency } from '../../../../core/rules/celery/acks-late-needs-idempotency.ts';
import { testRule } from '../tester.ts';

testRule(acksLateNeedsIdempotency, {
  valid: [
    {
      name: 'a task with a strategy',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, sideEffects: [files], idempotency: standard, celery: { acksLate: true } } }
`,
      byDefault: [],
    },
    {
      name: 'a strategy for a task that is late by generated default',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, idempotency: { strategy: natural } } }
`,
      byDefault: ['consumers/render consumers.celery.acksLate'],
    },
    {
      name: 'a task that is acknowledged early',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, sideEffects: [files], celery: { acksLate: false } } }
`,
    },
    {
      name: 'a task that changes nothing',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, sideEffects: [] } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { tasks: { broker: mq } }
consumers: { render: { channel: tasks, sideEffects: [files] } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a late task with effects and no strategy',
      design: `
queues: { tasks: { broker: celery } }
consumers: { charge: { channel: tasks, sideEffects: [card-charge], celery: { acksLate: true } } }
`,
      finds: [{ messageId: 'repeated', element: 'consumers/charge', field: 'idempotency' }],
    },
    {
      name: 'the strategy of having none, with calls to others',
      design: `
queues: { tasks: { broker: celery } }
consumers: { charge: { channel: tasks, externalCalls: [{ name: bank }], idempotency: none } }
`,
      finds: [{ messageId: 'repeated', element: 'consumers/charge', field: 'idempotency' }],
    },
  ],
  unknown: [
    {
      name: 'a late task of which nobody says what it changes',
      design: `
queues: { tasks: { broker: celery } }
consumers: { charge: { channel: tasks } }
`,
      asks: ['consumers/charge consumers.sideEffects'],
    },
  ],
});
