import { correlationId } from '../../../../core/rules/monitoring/correlation-id.ts';
import { testRule } from '../tester.ts';

testRule(correlationId, {
  valid: [
    {
      name: 'an envelope',
      design: `
messages: { paid: { envelope: cloudevents } }
`,
      byDefault: [],
    },
    {
      name: 'a missing envelope, by generated default',
      design: `
messages: { paid: {} }
`,
      byDefault: ['messages/paid messages.envelope'],
    },
    {
      name: 'a header of its own',
      design: `
messages: { paid: { envelope: none, attributes: [x-correlation-id] } }
`,
    },
    {
      name: 'AMQP, which has a property for it',
      design: `
messages: { paid: { envelope: none } }
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, messages: [paid] } }
`,
    },
    {
      name: 'a service in between, by generated default',
      design: `
services: { shop: {} }
queues: { jobs: { broker: mq }, done: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
producers: { tell: { service: shop, channel: done } }
`,
      byDefault: ['services/shop services.tracing'],
    },
    {
      name: 'a service at the end that traces nothing',
      design: `
services: { shop: { tracing: false } }
queues: { jobs: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
`,
    },
  ],
  invalid: [
    {
      name: 'a message without an envelope on Kafka',
      design: `
messages: { paid: { envelope: none } }
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [paid] } }
`,
      becomes: `
messages: { paid: { envelope: domain-event } }
streams: { events: { broker: log } }
producers: { tell: { channel: events, messages: [paid] } }
`,
      finds: [{ messageId: 'missing', element: 'messages/paid', field: 'envelope' }],
    },
    {
      name: 'a service that cuts the trail',
      design: `
services: { shop: { tracing: false } }
queues: { jobs: { broker: mq }, done: { broker: mq } }
consumers: { work: { service: shop, channel: jobs } }
producers: { tell: { service: shop, channel: done } }
`,
      finds: [{ messageId: 'not-passed-on', element: 'services/shop', field: 'tracing' }],
    },
  ],
});
