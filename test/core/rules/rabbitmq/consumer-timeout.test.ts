import { consumerTimeout } from '../../../../core/rules/rabbitmq/consumer-timeout.ts';
import { testRule } from '../tester.ts';

testRule(consumerTimeout, {
  valid: [
    {
      name: 'messages that are done long before',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 32, concurrency: 8, processing: { p99: 40ms } } }
`,
      byDefault: [],
    },
    {
      name: 'a computed prefetch',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, processing: { p99: 60s } } }
`,
      byDefault: ['consumers/work consumers.prefetch'],
    },
    {
      name: 'a queue with a longer timeout than its broker',
      design: `
brokers: { mq: { kind: rabbitmq, consumerTimeout: 10m } }
queues: { jobs: { broker: mq, consumerTimeout: 2h } }
consumers: { work: { channel: jobs, prefetch: 10, processing: { p99: 10m } } }
`,
    },
    {
      name: 'a classic queue from 4.3, which has no timeout',
      design: `
queues: { jobs: { broker: mq, type: classic } }
consumers: { work: { channel: jobs, prefetch: 100, processing: { p99: 10m } } }
`,
      byDefault: [],
    },
    {
      name: 'a prefetch without limit, which is about the prefetch',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 0, processing: { p99: 10m } } }
`,
    },
    {
      name: 'a stream',
      design: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events } }
`,
    },
  ],
  invalid: [
    {
      name: '300 tasks of ten seconds',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 300, processing: { p99: 10s } } }
`,
      becomes: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 180, processing: { p99: 10s } } }
`,
      finds: [{ messageId: 'late', element: 'consumers/work', field: 'prefetch' }],
    },
    {
      name: 'a classic queue before 4.3',
      design: `
brokers: { mq: { kind: rabbitmq, version: '4.2', consumerTimeout: 20m } }
queues: { jobs: { broker: mq, type: classic } }
consumers: { work: { channel: jobs, prefetch: 10, concurrency: 2, processing: { p99: 5m } } }
`,
      becomes: `
brokers: { mq: { kind: rabbitmq, version: '4.2', consumerTimeout: 20m } }
queues: { jobs: { broker: mq, type: classic } }
consumers: { work: { channel: jobs, prefetch: 8, concurrency: 2, processing: { p99: 5m } } }
`,
      finds: [{ messageId: 'late', element: 'consumers/work', field: 'prefetch' }],
    },
    {
      name: 'a single task that takes longer than the timeout',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, concurrency: 2, processing: { p50: 20m, p99: 45m } } }
`,
      becomes: `
queues: { jobs: { broker: mq, consumerTimeout: 90m } }
consumers: { work: { channel: jobs, concurrency: 2, processing: { p50: 20m, p99: 45m }, prefetch: 2 } }
`,
      finds: [{ messageId: 'late', element: 'consumers/work', field: 'prefetch' }],
    },
    {
      name: 'a timeout of a minute',
      design: `
queues: { jobs: { broker: mq, consumerTimeout: 60s } }
`,
      becomes: `
queues: { jobs: { broker: mq, consumerTimeout: 5m } }
`,
      finds: [{ messageId: 'short', element: 'queues/jobs', field: 'consumerTimeout', severity: 'warn' }],
    },
    {
      name: 'a timeout that has no effect',
      design: `
queues: { jobs: { broker: mq, type: classic, consumerTimeout: 1h } }
`,
      becomes: `
queues: { jobs: { broker: mq, type: classic } }
`,
      finds: [{ messageId: 'no-effect', element: 'queues/jobs', field: 'consumerTimeout', severity: 'warn' }],
    },
  ],
  unknown: [
    {
      name: 'a consumer whose processing time is not stated',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, prefetch: 10 }, help: { channel: jobs, processing: { p50: 1s } } }
`,
      asks: ['consumers/work consumers.processing', 'consumers/help consumers.processing'],
    },
  ],
});
