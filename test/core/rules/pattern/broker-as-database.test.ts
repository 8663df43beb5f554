import { brokerAsDatabase } from '../../../../core/rules/pattern/broker-as-database.ts';
import { testRule } from '../tester.ts';

testRule(brokerAsDatabase, {
  valid: [
    {
      name: 'data in a database',
      design: `
queues: { jobs: { broker: mq } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], stateOfRecord: database } }
`,
    },
    {
      name: 'an event-sourced log',
      design: `
streams: { events: { broker: log } }
consumers: { do: { channel: events } }
flows: { f: { to: [do], stateOfRecord: broker, needs: { eventSourcing: true } } }
`,
    },
    {
      name: 'a task that waits a minute',
      design: `
queues: { jobs: { broker: celery } }
consumers: { do: { channel: jobs, celery: { eta: 60s }, queriesByKey: false } }
`,
    },
  ],
  invalid: [
    {
      name: 'a queue that holds the only copy',
      design: `
queues: { jobs: { broker: mq } }
consumers: { do: { channel: jobs } }
flows: { f: { to: [do], stateOfRecord: broker } }
`,
      finds: [{ messageId: 'only-copy', element: 'flows/f', field: 'stateOfRecord' }],
    },
    {
      name: 'a log that holds state without being event-sourced',
      design: `
streams: { events: { broker: log } }
consumers: { do: { channel: events } }
flows: { f: { to: [do], needs: { longTermState: true } } }
`,
      finds: [{ messageId: 'only-copy', element: 'flows/f', field: 'needs.longTermState' }],
    },
    {
      name: 'look-ups by key',
      design: `
queues: { jobs: { broker: mq } }
consumers: { do: { channel: jobs, queriesByKey: true } }
`,
      finds: [{ messageId: 'lookup', element: 'consumers/do', field: 'queriesByKey' }],
    },
    {
      name: 'a task that waits a week',
      design: `
queues: { jobs: { broker: celery } }
consumers: { do: { channel: jobs, celery: { eta: 7d } } }
`,
      finds: [{ messageId: 'schedule', element: 'consumers/do', field: 'celery.eta' }],
    },
  ],
});
