import { nackRequeueLoop } from '../../../../core/rules/rabbitmq/nack-requeue-loop.ts';
import { testRule } from '../tester.ts';

testRule(nackRequeueLoop, {
  valid: [
    {
      name: 'dead letters and delayed retries',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, onError: dead-letter }, help: { channel: jobs, onError: delayed-retry } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs } }
`,
      byDefault: ['consumers/work consumers.onError'],
    },
    {
      name: 'basic.nack before 4.3, which the delivery limit counts',
      design: `
brokers: { mq: { kind: rabbitmq, version: '4.2' } }
queues: { jobs: { broker: mq, type: quorum } }
consumers: { work: { channel: jobs, onError: nack-requeue } }
`,
    },
    {
      name: 'basic.reject on a quorum queue, which counts',
      design: `
brokers: { mq: { kind: rabbitmq, version: '4.3' } }
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, onError: reject-requeue } }
`,
    },
    {
      name: 'a stream, to which nothing returns',
      design: `
streams: { events: { broker: mq } }
consumers: { read: { channel: events, onError: nack-requeue } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'basic.nack from 4.3',
      design: `
brokers: { mq: { kind: rabbitmq, version: '4.3' } }
queues: { jobs: { broker: mq, type: quorum } }
consumers: { work: { channel: jobs, onError: nack-requeue } }
`,
      becomes: `
brokers: { mq: { kind: rabbitmq, version: '4.3' } }
queues: { jobs: { broker: mq, type: quorum } }
consumers: { work: { channel: jobs, onError: delayed-retry } }
`,
      finds: [{ messageId: 'uncounted', element: 'consumers/work', field: 'onError' }],
    },
    {
      name: 'basic.nack in the generated version on the generated type of queue',
      design: `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, onError: nack-requeue } }
`,
      finds: [{ messageId: 'uncounted', element: 'consumers/work', field: 'onError' }],
    },
    {
      name: 'both on a classic queue of any version',
      design: `
brokers: { mq: { kind: rabbitmq, version: '3.13' } }
queues: { jobs: { broker: mq, type: classic } }
consumers: { work: { channel: jobs, onError: nack-requeue }, help: { channel: jobs, onError: reject-requeue } }
`,
      finds: [
        { messageId: 'classic', element: 'consumers/work', field: 'onError' },
        { messageId: 'classic', element: 'consumers/help', field: 'onError' },
      ],
    },
  ],
});
