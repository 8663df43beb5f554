import { manualRetryDefeatsBackoff } from '../../../../core/rules/celery/manual-retry-defeats-backoff.ts';
import { testRule } from '../tester.ts';

testRule(manualRetryDefeatsBackoff, {
  valid: [
    {
      name: 'automatic retries alone',
      design: `
queues: { jobs: { broker: celery } }
consumers: { work: { channel: jobs, celery: { autoretryFor: [TimeoutError], manualRetry: false } } }
`,
      byDefault: [],
    },
    {
      name: 'a missing value, by generated default',
      design: `
queues: { jobs: { broker: celery } }
consumers: { work: { channel: jobs, celery: { autoretryFor: [TimeoutError] } } }
`,
      byDefault: ['consumers/work consumers.celery.manualRetry'],
    },
    {
      name: 'manual retries alone',
      design: `
queues: { jobs: { broker: celery } }
consumers: { work: { channel: jobs, celery: { manualRetry: true } } }
`,
    },
    {
      name: 'a queue of another broker',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
    },
  ],
  invalid: [
    {
      name: 'both',
      design: `
queues: { jobs: { broker: celery } }
consumers: { work: { channel: jobs, celery: { autoretryFor: [TimeoutError], manualRetry: true } } }
`,
      becomes: `
queues: { jobs: { broker: celery } }
consumers: { work: { channel: jobs, celery: { autoretryFor: [TimeoutError], manualRetry: false } } }
`,
      finds: [{ messageId: 'defeated', element: 'consumers/work', field: 'celery.manualRetry' }],
    },
  ],
});
