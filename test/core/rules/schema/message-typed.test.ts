import { messageTyped } from '../../../../core/rules/schema/message-typed.ts';
import { testRule } from '../tester.ts';

testRule(messageTyped, {
  valid: [
    {
      name: 'a schema',
      design: `
messages: { paid: { schema: { type: object } } }
`,
    },
    {
      name: 'a producer with types',
      design: `
messages: { paid: { schema: { type: object } } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'a producer that publishes nowhere yet',
      design: `
producers: { tell: {} }
`,
    },
  ],
  invalid: [
    {
      name: 'a message without a schema',
      design: `
messages: { paid: { version: 1 } }
`,
      becomes: `
messages: { paid: { version: 1, schema: { type: object } } }
`,
      finds: [{ messageId: 'no-schema', element: 'messages/paid', field: 'schema' }],
    },
    {
      name: 'a message with an aggregate id',
      design: `
messages: { paid: { aggregateIdPath: /orderId } }
`,
      becomes: `
messages: { paid: { aggregateIdPath: /orderId, schema: { type: object, required: [orderId], properties: { orderId: { type: string, minLength: 1 } } } } }
`,
      finds: [{ messageId: 'no-schema', element: 'messages/paid', field: 'schema' }],
    },
    {
      name: 'a producer without types',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs } }
`,
      finds: [{ messageId: 'untyped', element: 'producers/tell', field: 'messages', noFix: true }],
    },
  ],
});
