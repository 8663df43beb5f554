import { mirroringRemoved } from '../../../../core/rules/rabbitmq/mirroring-removed.ts';
import { testRule } from '../tester.ts';

testRule(mirroringRemoved, {
  valid: [
    {
      name: 'a policy without mirroring',
      design: `
brokers: { mq: { kind: rabbitmq, policies: [{ name: limits, pattern: '.*', definition: { max-length: 1000 } }] } }
`,
    },
    {
      name: 'mirroring before 4.0',
      design: `
brokers:
  mq: { kind: rabbitmq, version: '3.13', policies: [{ name: ha, pattern: '.*', definition: { ha-mode: all } }] }
`,
    },
    {
      name: 'a policy without a definition',
      design: `
brokers: { mq: { kind: rabbitmq, policies: [{ name: empty, pattern: '.*' }] } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: log } }
`,
    },
  ],
  invalid: [
    {
      name: 'mirroring of the classic queues that a pattern names',
      design: `
brokers:
  mq:
    kind: rabbitmq
    version: '4.1'
    policies: [{ name: ha, pattern: '^pay', definition: { ha-mode: all } }]
queues:
  payments: { broker: mq, type: classic, durable: false }
  mails: { broker: mq, type: classic }
  replies: { broker: mq, name: pay-replies, type: classic, exclusive: true }
`,
      becomes: `
brokers:
  mq:
    kind: rabbitmq
    version: '4.1'
queues:
  payments: { broker: mq, type: quorum, durable: true }
  mails: { broker: mq, type: classic }
  replies: { broker: mq, name: pay-replies, type: classic, exclusive: true }
`,
      finds: [{ messageId: 'policy', element: 'brokers/mq', field: 'policies' }],
    },
    {
      name: 'mirroring beside other keys and other policies, where the version is the generated one',
      design: `
brokers:
  mq:
    kind: rabbitmq
    policies:
      - { name: ha, pattern: '(a+)+$', definition: { ha-mode: exactly, ha-params: 2, max-length: 1000 } }
      - { name: limits, pattern: '.*', definition: { max-length: 50 } }
queues: { jobs: { broker: mq, type: classic } }
`,
      finds: [{ messageId: 'policy', element: 'brokers/mq', field: 'policies' }],
    },
  ],
});
