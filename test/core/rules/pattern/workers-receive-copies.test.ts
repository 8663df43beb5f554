import { workersReceiveCopies } from '../../../../core/rules/pattern/workers-receive-copies.ts';
import { testRule } from '../tester.ts';

testRule(workersReceiveCopies, {
  valid: [
    {
      name: 'ten instances on one queue',
      design: `
services: { work: { replicas: { min: 10, max: 10 } } }
queues: { jobs: { broker: mq } }
consumers: { do: { service: work, channel: jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
    },
    {
      name: 'an exclusive queue with a single instance',
      design: `
queues: { jobs: { broker: mq, exclusive: true } }
consumers: { do: { channel: jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
    },
    {
      name: 'one group for all instances',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: log } }
consumers: { do: { service: work, channel: jobs, group: work.jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
    },
    {
      name: 'copies on a topic, which are meant',
      design: `
services: { work: { replicas: { max: 4 } } }
streams: { jobs: { broker: log } }
consumers: { do: { service: work, channel: jobs, group: "work.\${HOSTNAME}" } }
flows: { f: { pattern: topic, to: [do] } }
`,
    },
    {
      name: 'two services on a log, which is no matter of workers',
      design: `
streams: { jobs: { broker: log } }
consumers: { do: { channel: jobs }, count: { channel: jobs } }
flows: { f: { pattern: queue, to: [do, count] } }
`,
    },
  ],
  invalid: [
    {
      name: 'an exclusive queue for several instances',
      design: `
services: { work: { replicas: { max: 4 } } }
queues: { jobs: { broker: mq, exclusive: true } }
consumers: { do: { service: work, channel: jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
      becomes: `
services: { work: { replicas: { max: 4 } } }
queues: { jobs: { broker: mq, exclusive: false } }
consumers: { do: { service: work, channel: jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
      finds: [{ messageId: 'exclusive', element: 'queues/jobs', field: 'exclusive' }],
    },
    {
      name: 'a group for each instance',
      design: `
streams: { jobs: { broker: log } }
consumers:
  do:
    channel: jobs
    group: "work.%i"
flows: { f: { pattern: queue, to: [do] } }
`,
      becomes: `
streams: { jobs: { broker: log } }
consumers:
  do:
    channel: jobs
flows: { f: { pattern: queue, to: [do] } }
`,
      finds: [{ messageId: 'own-group', element: 'consumers/do', field: 'group' }],
    },
    {
      name: 'workers of one service in groups of their own',
      design: `
streams: { jobs: { broker: redis } }
consumers: { one: { service: work, channel: jobs }, two: { service: work, channel: jobs } }
flows: { f: { pattern: queue, to: [one, two] } }
`,
      becomes: `
streams: { jobs: { broker: redis } }
consumers: { one: { service: work, channel: jobs }, two: { service: work, channel: jobs, group: work.one } }
flows: { f: { pattern: queue, to: [one, two] } }
`,
      finds: [{ messageId: 'groups', element: 'flows/f', field: 'to' }],
    },
    {
      name: 'workers on Pub/Sub',
      design: `
services: { work: { replicas: { max: 4 } } }
topics: { jobs: { broker: redis } }
consumers: { do: { service: work, channel: jobs } }
flows: { f: { pattern: queue, to: [do] } }
`,
      finds: [{ messageId: 'pub-sub', element: 'consumers/do', field: 'channel', noFix: true }],
    },
  ],
});
