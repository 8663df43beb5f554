import { idempotentProducer } from '../../../../core/rules/kafka/idempotent-producer.ts';
import { testRule } from '../tester.ts';

testRule(idempotentProducer, {
  valid: [
    {
      name: 'idempotence with five requests in flight',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, idempotence: true, maxInFlight: 5, retries: 10 } }
`,
      byDefault: [],
    },
    {
      name: 'missing attributes, by generated default',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
`,
      byDefault: ['producers/tell producers.idempotence'],
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: kinesis } }
producers: { tell: { channel: events } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a producer without idempotence',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, idempotence: false } }
`,
      becomes: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, idempotence: true } }
`,
      finds: [{ messageId: 'off', element: 'producers/tell', field: 'idempotence' }],
    },
    {
      name: 'a sixth request in flight',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, maxInFlight: 6 } }
`,
      becomes: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, maxInFlight: 5 } }
`,
      finds: [{ messageId: 'in-flight', element: 'producers/tell', field: 'maxInFlight' }],
    },
    {
      name: 'a producer that never retries',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, retries: 0 } }
`,
      becomes: `
streams: { events: { broker: log } }
producers: { tell: { channel: events } }
`,
      finds: [{ messageId: 'no-retries', element: 'producers/tell', field: 'retries' }],
    },
    {
      name: 'all three where losing is accepted, one step milder',
      design: `
streams: { samples: { broker: log, criticality: lossTolerant } }
producers: { tell: { channel: samples, idempotence: false, maxInFlight: 100, retries: 0 } }
flows: { sample: { from: [tell], criticality: lossTolerant } }
`,
      finds: [
        { messageId: 'off', element: 'producers/tell', field: 'idempotence', severity: 'warn' },
        { messageId: 'in-flight', element: 'producers/tell', field: 'maxInFlight', severity: 'warn' },
        { messageId: 'no-retries', element: 'producers/tell', field: 'retries', severity: 'warn' },
      ],
    },
  ],
});
