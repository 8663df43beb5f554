import { channelCannotProvide } from '../../../../core/rules/ordering/channel-cannot-provide.ts';
import { testRule } from '../tester.ts';

testRule(channelCannotProvide, {
  valid: [
    {
      name: 'a flow without order on a shared queue',
      design: `
services: { shop: { replicas: { min: 3 } } }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: none } }
`,
    },
    {
      name: 'a queue with a single active consumer',
      design: `
services: { shop: { replicas: { min: 3 } } }
queues: { jobs: { broker: mq, singleActiveConsumer: true } }
consumers: { work: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
    },
    {
      name: 'one instance, as stated',
      design: `
services: { shop: { replicas: { min: 1, max: 1 } } }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
      byDefault: [],
    },
    {
      name: 'one instance, by generated default',
      design: `
services: { shop: {} }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
      byDefault: ['services/shop services.replicas'],
    },
    {
      name: 'one instance of a service that is not drawn, by generated default',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work], ordering: total } }
`,
      byDefault: ['consumers/work services.replicas'],
    },
    {
      name: 'FIFO channels on AWS',
      design: `
topics: { events: { broker: sns, fifo: true } }
queues: { jobs.fifo: { broker: aws, type: fifo } }
producers: { tell: { channel: events } }
consumers: { work: { channel: jobs.fifo } }
flows: { pay: { from: [tell], to: [work], ordering: per-key } }
`,
    },
    {
      name: 'a Kafka topic',
      design: `
services: { shop: { replicas: { min: 3 } } }
streams: { events: { broker: log } }
consumers: { project: { service: shop, channel: events } }
flows: { pay: { to: [project], ordering: per-key } }
`,
    },
    {
      name: 'as many instances as Redis stream keys',
      design: `
services: { shop: { replicas: { max: 4 } } }
streams: { events: { broker: redis, partitions: 4 } }
consumers: { project: { service: shop, channel: events } }
flows: { pay: { to: [project], ordering: per-key } }
`,
    },
  ],
  invalid: [
    {
      name: 'a RabbitMQ queue with several instances',
      design: `
services: { shop: { replicas: { min: 1, max: 3 } } }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'shared-queue', element: 'queues/jobs', field: 'singleActiveConsumer' }],
    },
    {
      name: 'a queue of two flows once',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs }, help: { service: shop, channel: jobs } }
flows: { pay: { to: [work], ordering: total }, ship: { to: [help], ordering: per-key } }
`,
      finds: [{ messageId: 'shared-queue', element: 'queues/jobs', field: 'singleActiveConsumer' }],
    },
    {
      name: 'an SQS standard queue',
      design: `
queues: { jobs: { broker: aws } }
consumers: { work: { channel: jobs } }
flows: { pay: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'standard-queue', element: 'queues/jobs', field: 'type' }],
    },
    {
      name: 'an SNS standard topic',
      design: `
topics: { events: { broker: sns } }
producers: { tell: { channel: events } }
flows: { pay: { from: [tell], ordering: per-key } }
`,
      finds: [{ messageId: 'standard-topic', element: 'topics/events', field: 'fifo' }],
    },
    {
      name: 'a Celery queue',
      design: `
queues: { tasks: { broker: celery } }
consumers: { work: { channel: tasks } }
flows: { pay: { to: [work], ordering: per-key } }
`,
      finds: [{ messageId: 'celery', element: 'queues/tasks', noFix: true }],
    },
    {
      name: 'more instances in a group than Redis stream keys',
      design: `
services: { shop: { replicas: { max: 5 } } }
streams: { events: { broker: redis, partitions: 4 } }
consumers: { project: { service: shop, channel: events } }
flows: { pay: { to: [project], ordering: per-key } }
`,
      finds: [{ messageId: 'shared-stream', element: 'streams/events', field: 'partitions', noFix: true }],
    },
  ],
});
