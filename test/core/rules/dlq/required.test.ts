import { required } from '../../../../core/rules/dlq/required.ts';
import { testRule } from '../tester.ts';

testRule(required, {
  valid: [
    {
      name: 'a queue with a dead-letter queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs } }
`,
    },
    {
      name: 'a queue that nobody consumes',
      design: `
queues: { jobs: { broker: mq } }
`,
    },
    {
      name: 'a consumer with a dead-letter queue of its own',
      design: `
queues: { jobs: { broker: mq }, jobs.dead: { broker: mq } }
consumers: { work: { channel: jobs, deadLetter: jobs.dead } }
`,
    },
    {
      name: 'a consumer that stops in order to keep the order',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, onFailure: stop } }
`,
    },
    {
      name: 'a consumer of a dead-letter queue',
      design: `
queues: { jobs: { broker: mq, deadLetter: jobs.dead }, jobs.dead: { broker: mq } }
consumers: { work: { channel: jobs }, inspect: { channel: jobs.dead } }
`,
    },
    {
      name: 'a consumer of parked messages',
      design: `
queues: { parked: { broker: mq, role: parking } }
consumers: { inspect: { channel: parked } }
`,
    },
    {
      name: 'a stream consumer with a dead-letter stream',
      design: `
streams: { events: { broker: log }, events.dead: { broker: log } }
consumers: { project: { channel: events, deadLetter: events.dead } }
`,
    },
  ],
  invalid: [
    {
      name: 'a consumed queue without one',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a queue that refuses one, in block style with a comment',
      design: `
queues:
  jobs:
    broker: mq # shared
    deadLetter: false # later
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'a queue of which one consumer has none',
      design: `
queues: { jobs: { broker: mq }, jobs.dead: { broker: mq } }
consumers: { work: { channel: jobs, deadLetter: jobs.dead }, help: { channel: jobs } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'deadLetter' }],
    },
    {
      name: 'each consumer of a stream without one',
      design: `
streams: { events: { broker: log } }
consumers: { project: { channel: events }, index: { channel: events } }
`,
      finds: [
        { messageId: 'stream', element: 'consumers/project', field: 'deadLetter' },
        { messageId: 'stream', element: 'consumers/index', field: 'deadLetter' },
      ],
    },
    {
      name: 'a consumer that drops what it cannot process',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs, onFailure: drop } }
`,
      finds: [{ messageId: 'dropped', element: 'consumers/work', field: 'onFailure' }],
    },
    {
      name: 'dropping on a flow that accepts losses, one step milder',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
producers: { tell: { channel: jobs } }
consumers: { work: { channel: jobs, onFailure: drop } }
flows: { hints: { from: [tell], to: [work], criticality: lossTolerant } }
`,
      finds: [{ messageId: 'dropped', element: 'consumers/work', field: 'onFailure', severity: 'warn' }],
    },
    {
      name: 'a local design, one step milder',
      design: `
design: { name: test }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'queue', element: 'queues/jobs', field: 'deadLetter', severity: 'warn' }],
    },
  ],
});
