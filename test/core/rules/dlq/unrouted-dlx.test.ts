import { unroutedDlx } from '../../../../core/rules/dlq/unrouted-dlx.ts';
import { testRule } from '../tester.ts';

const at = { element: 'queues/jobs', field: 'deadLetter.exchange' } as const;

testRule(unroutedDlx, {
  valid: [
    {
      name: 'the shorthand, which uses the default exchange',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
`,
    },
    {
      name: 'a fanout exchange with a bound queue',
      design: `
exchanges: { dead: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } }, jobs.dead: { broker: mq, role: dead-letter } }
bindings: { all: { source: dead, destination: jobs.dead } }
`,
    },
    {
      name: 'a direct exchange bound with the name of the target',
      design: `
exchanges: { dead: { broker: mq, type: direct } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead, target: jobs.dead } }, jobs.dead: { broker: mq } }
bindings: { all: { source: dead, destination: jobs.dead, routingKey: jobs.dead } }
`,
    },
    {
      name: 'a topic exchange whose pattern matches the original keys',
      design: `
messages: { job.created: {} }
exchanges: { events: { broker: mq }, dead: { broker: mq, type: topic } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } }, jobs.dead: { broker: mq } }
bindings:
  in: { source: events, destination: jobs, routingKey: "job.#" }
  out: { source: dead, destination: jobs.dead, routingKey: "job.*" }
producers: { tell: { channel: events, messages: [job.created] } }
`,
    },
    {
      name: 'an exchange whose alternate exchange takes what no binding matches',
      design: `
exchanges: { dead: { broker: mq, type: direct, alternateExchange: rest }, rest: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead, routingKey: lost } }, kept: { broker: mq } }
bindings: { all: { source: rest, destination: kept } }
`,
    },
    {
      name: 'the default exchange by its name',
      design: `
queues: { jobs: { broker: mq, deadLetter: { exchange: "", target: jobs.dead } }, jobs.dead: { broker: mq } }
`,
    },
    {
      name: 'a dead-letter exchange on a broker that has none',
      design: `
queues: { jobs: { broker: aws, deadLetter: { exchange: dead } } }
`,
    },
  ],
  unknown: [
    {
      name: 'the original keys of messages that nobody in the design publishes',
      design: `
exchanges: { dead: { broker: mq, type: topic } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } }, jobs.dead: { broker: mq } }
bindings: { all: { source: dead, destination: jobs.dead, routingKey: "job.#" } }
`,
      asks: ['queues/jobs queues.deadLetter'],
    },
  ],
  invalid: [
    {
      name: 'an exchange that is not declared',
      design: `
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } } }
`,
      finds: [{ messageId: 'undeclared', ...at }],
    },
    {
      name: 'two queues with the same undeclared exchange',
      design: `
queues:
  jobs: { broker: mq, deadLetter: { exchange: dead } }
  mails:
    broker: mq
    deadLetter:
      exchange: dead # to be made by operations
`,
      finds: [
        { messageId: 'undeclared', ...at },
        { messageId: 'undeclared', element: 'queues/mails', field: 'deadLetter.exchange' },
      ],
    },
    {
      name: 'an exchange on another broker',
      design: `
brokers: { mq: { kind: rabbitmq }, other: { kind: rabbitmq } }
exchanges: { dead: { broker: other, type: fanout } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } } }
`,
      finds: [{ messageId: 'undeclared', ...at, noFix: true }],
    },
    {
      name: 'an exchange without bindings',
      design: `
exchanges: { dead: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } } }
`,
      finds: [{ messageId: 'unmatched', ...at }],
    },
    {
      name: 'a binding with another key',
      design: `
exchanges: { dead: { broker: mq, type: direct } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead, routingKey: jobs } }, jobs.dead: { broker: mq } }
bindings: { all: { source: dead, destination: jobs.dead, routingKey: job } }
`,
      becomes: `
exchanges: { dead: { broker: mq, type: direct } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead, routingKey: jobs, target: jobs.dlq } }, jobs.dead: { broker: mq }, jobs.dlq: { broker: mq, role: dead-letter } }
bindings: { all: { source: dead, destination: jobs.dead, routingKey: job }, jobs-dead-letters: { source: dead, destination: jobs.dlq, routingKey: jobs } }
`,
      finds: [{ messageId: 'unmatched', ...at }],
    },
    {
      name: 'a pattern that misses one of the original keys',
      design: `
messages: { job.created: {}, order.created: {} }
exchanges: { events: { broker: mq, type: fanout }, dead: { broker: mq, type: topic } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } }, jobs.dead: { broker: mq } }
bindings:
  in: { source: events, destination: jobs }
  out: { source: dead, destination: jobs.dead, routingKey: "job.#" }
producers: { tell: { channel: events, messages: [job.created, order.created] } }
`,
      finds: [{ messageId: 'unmatched', ...at }],
    },
    {
      name: 'an exchange and a target of the same name',
      design: `
queues: { jobs: { broker: mq, deadLetter: { exchange: dead, target: dead } } }
`,
      finds: [{ messageId: 'undeclared', ...at, noFix: true }],
    },
    {
      name: 'an exchange whose name cannot be an id',
      design: `
queues: { jobs: { broker: mq, deadLetter: { exchange: ../dead } } }
`,
      finds: [{ messageId: 'undeclared', ...at, noFix: true }],
    },
    {
      name: 'a target whose name is that of an exchange',
      design: `
exchanges: { jobs.dlq: { broker: mq } }
queues: { jobs: { broker: mq, deadLetter: { exchange: dead } } }
`,
      finds: [{ messageId: 'undeclared', ...at, noFix: true }],
    },
  ],
});
