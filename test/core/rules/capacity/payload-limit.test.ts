import { payloadLimit } from '../../../../core/rules/capacity/payload-limit.ts';
import { testRule } from '../tester.ts';

testRule(payloadLimit, {
  valid: [
    {
      name: 'small messages',
      design: `
messages: { paid: { size: { max: 16KiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'ten MiB on RabbitMQ',
      design: `
messages: { paid: { size: { max: 10MiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'a hundred MiB on an old RabbitMQ',
      design: `
brokers: { mq: { kind: rabbitmq, version: "3.13" } }
messages: { paid: { size: { max: 100MiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: '900 KiB on SQS',
      design: `
messages: { paid: { size: { max: 900KiB } } }
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'a topic of SNS that allows more',
      design: `
messages: { paid: { size: { max: 900KiB } } }
topics: { jobs: { broker: sns, maxMessageSize: 1MiB } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'tasks of Celery on RabbitMQ',
      design: `
brokers: { mq: { kind: rabbitmq }, celery: { kind: celery, transport: mq } }
messages: { paid: { size: { max: 900KiB } } }
queues: { jobs: { broker: celery } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'a message that is not published',
      design: `
messages: { paid: {} }
`,
    },
  ],
  invalid: [
    {
      name: 'a MiB on Kafka, where topic and producer refuse it',
      design: `
messages: { paid: { size: { max: 1MiB } } }
streams: { jobs: { broker: log } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      becomes: `
messages: { paid: { size: { max: 1MiB } } }
streams: { jobs: { broker: log, maxMessageBytes: 1026KiB } }
producers: { tell: { channel: jobs, messages: [paid], maxRequestSize: 1026KiB } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
    {
      name: '20 MiB on RabbitMQ',
      design: `
brokers: { mq: { kind: rabbitmq, version: "4.3" } }
messages: { paid: { size: { max: 20MiB } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
    {
      name: 'an SQS queue of before 2025',
      design: `
brokers: { aws: { kind: sqs, maxMessageSize: 256KiB } }
messages: { paid: { size: { max: 300KiB } } }
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      becomes: `
brokers: { aws: { kind: sqs, maxMessageSize: 302KiB } }
messages: { paid: { size: { max: 300KiB } } }
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
    {
      name: 'what no SQS queue takes',
      design: `
messages: { paid: { size: { max: 2MiB } } }
queues: { jobs: { broker: aws } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max', noFix: true }],
    },
    {
      name: 'the default of SNS',
      design: `
messages: { paid: { size: { max: 300KiB } } }
topics: { jobs: { broker: sns } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
    {
      name: 'the default of Kinesis',
      design: `
messages: { paid: { size: { max: 3MiB } } }
streams: { jobs: { broker: kinesis } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      becomes: `
messages: { paid: { size: { max: 3MiB } } }
streams: { jobs: { broker: kinesis, maxRecordSize: 3074KiB } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
    {
      name: 'more than Redis takes',
      design: `
messages: { paid: { size: { max: 600MiB } } }
streams: { jobs: { broker: redis } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max', noFix: true }],
    },
    {
      name: 'tasks of Celery on SQS, in base64',
      design: `
brokers: { aws: { kind: sqs }, celery: { kind: celery, transport: aws } }
messages: { paid: { size: { max: 900KiB } } }
queues: { jobs: { broker: celery } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max', noFix: true }],
    },
    {
      name: 'a queue behind an exchange',
      design: `
messages: { paid: { size: { max: 20MiB } } }
exchanges: { events: { broker: mq, type: fanout } }
queues: { jobs: { broker: mq } }
bindings: { b: { source: events, destination: jobs } }
producers: { tell: { channel: events, messages: [paid] } }
`,
      finds: [{ messageId: 'too-large', element: 'messages/paid', field: 'size.max' }],
    },
  ],
  unknown: [
    {
      name: 'a size that is not stated',
      design: `
messages: { paid: {} }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
      asks: ['messages/paid messages.size'],
    },
  ],
});
