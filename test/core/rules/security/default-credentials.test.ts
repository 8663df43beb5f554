import { defaultCredentials } from '../../../../core/rules/security/default-credentials.ts';
import { testRule } from '../tester.ts';

testRule(defaultCredentials, {
  valid: [
    {
      name: 'a secret of its own',
      design: `
brokers: { log: { kind: kafka, auth: { mode: scram, secretRef: kafka-orders } } }
`,
      byDefault: [],
    },
    {
      name: 'RabbitMQ without auth, by generated default',
      design: `
brokers: { mq: { kind: rabbitmq } }
`,
      byDefault: ['brokers/mq brokers.auth.mode'],
    },
    {
      name: 'AWS, which always asks',
      design: `
brokers: { aws: { kind: sqs } }
`,
    },
    {
      name: 'a local design',
      design: `
design: { name: test, environment: local }
brokers: { log: { kind: kafka, auth: { mode: none } } }
`,
    },
  ],
  invalid: [
    {
      name: 'an open listener',
      design: `
brokers: { log: { kind: kafka, auth: { mode: none } } }
`,
      becomes: `
brokers: { log: { kind: kafka, auth: { mode: scram, secretRef: log-credentials } } }
`,
      finds: [{ messageId: 'open', element: 'brokers/log', field: 'auth.mode' }],
    },
    {
      name: 'the user guest',
      design: `
brokers: { mq: { kind: rabbitmq, auth: { mode: plain, secretRef: guest } } }
`,
      becomes: `
brokers: { mq: { kind: rabbitmq, auth: { mode: plain, secretRef: mq-credentials } } }
`,
      finds: [{ messageId: 'default', element: 'brokers/mq', field: 'auth.secretRef' }],
    },
    {
      name: 'an empty password',
      design: `
brokers: { cache: { kind: redis, auth: { secretRef: "" } } }
`,
      finds: [{ messageId: 'default', element: 'brokers/cache', field: 'auth.secretRef' }],
    },
    {
      name: 'a mechanism without a secret',
      design: `
brokers: { log: { kind: kafka, auth: { mode: scram } } }
`,
      finds: [{ messageId: 'no-secret', element: 'brokers/log', field: 'auth' }],
    },
  ],
  unknown: [
    {
      name: 'brokers whose listener is not described',
      design: `
brokers: { log: { kind: kafka }, cache: { kind: redis } }
`,
      asks: ['brokers/log brokers.auth', 'brokers/cache brokers.auth'],
    },
  ],
});
