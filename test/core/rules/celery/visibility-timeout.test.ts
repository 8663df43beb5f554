import { visibilityTimeout } from '../../../../core/rules/celery/visibility-timeout.ts';
import { testRule } from '../tester.ts';

const REDIS = 'brokers: { redis: { kind: redis }, celery: { kind: celery, transport: redis } }';
const SQS = 'brokers: { aws: { kind: sqs }, celery: { kind: celery, transport: aws } }';

testRule(visibilityTimeout, {
  valid: [
    {
      name: 'a timeout above the time limit',
      design: `
${REDIS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { timeLimit: 1h, visibilityTimeout: 2h } } }
`,
      byDefault: [],
    },
    {
      name: 'short tasks, by generated default',
      design: `
${SQS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, processing: { p99: 5m } } }
`,
      byDefault: ['consumers/render consumers.celery.visibilityTimeout'],
    },
    {
      name: 'RabbitMQ, which has no such timeout',
      design: `
brokers: { mq: { kind: rabbitmq }, celery: { kind: celery, transport: mq } }
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, processing: { p99: 5h } } }
`,
      byDefault: [],
    },
    {
      name: 'tasks without limit, which is about the multiplier',
      design: `
${REDIS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 0, timeLimit: 2h } } }
`,
    },
    {
      name: 'another broker',
      design: `
queues: { tasks: { broker: mq } }
consumers: { render: { channel: tasks } }
`,
    },
  ],
  invalid: [
    {
      name: 'a task of an hour on Redis, by its time limit',
      design: `
${REDIS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { timeLimit: 1h }, processing: { p99: 1m } } }
`,
      becomes: `
${REDIS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { timeLimit: 1h, visibilityTimeout: 90m }, processing: { p99: 1m } } }
`,
      finds: [{ messageId: 'short', element: 'consumers/render', field: 'celery.visibilityTimeout' }],
    },
    {
      name: 'four reserved tasks of ten minutes on SQS',
      design: `
${SQS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4, visibilityTimeout: 30m }, processing: { p99: 10m } } }
`,
      becomes: `
${SQS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, celery: { prefetchMultiplier: 4, visibilityTimeout: 1h }, processing: { p99: 10m } } }
`,
      finds: [{ messageId: 'short', element: 'consumers/render', field: 'celery.visibilityTimeout' }],
    },
  ],
  unknown: [
    {
      name: 'a broker without a transport',
      design: `
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks, processing: { p99: 10m } }, send: { channel: tasks } }
`,
      asks: ['brokers/celery brokers.transport'],
    },
    {
      name: 'a task of unknown length',
      design: `
${REDIS}
queues: { tasks: { broker: celery } }
consumers: { render: { channel: tasks } }
`,
      asks: ['consumers/render consumers.processing'],
    },
  ],
});
