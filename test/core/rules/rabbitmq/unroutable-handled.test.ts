import { unroutableHandled } from '../../../../core/rules/rabbitmq/unroutable-handled.ts';
import { testRule } from '../tester.ts';

testRule(unroutableHandled, {
  valid: [
    {
      name: 'a mandatory publish',
      design: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events, mandatory: true } }
`,
      byDefault: [],
    },
    {
      name: 'a missing attribute, by generated default',
      design: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events } }
`,
      byDefault: ['producers/tell producers.mandatory'],
    },
    {
      name: 'an alternate exchange with a queue',
      design: `
exchanges: { events: { broker: mq, alternateExchange: rest }, rest: { broker: mq, type: fanout } }
queues: { parked: { broker: mq, role: parking } }
bindings: { keep: { source: rest, destination: parked } }
producers: { tell: { channel: events, mandatory: false } }
`,
    },
    {
      name: 'a returned message that is logged',
      design: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events, mandatory: true, onReturn: log } }
`,
    },
    {
      name: 'another broker',
      design: `
streams: { events: { broker: log } }
producers: { tell: { channel: events, mandatory: false } }
`,
      byDefault: [],
    },
  ],
  invalid: [
    {
      name: 'a publish that is not mandatory',
      design: `
exchanges: { events: { broker: mq } }
producers:
  tell:
    channel: events
    mandatory: false # saves a round trip
`,
      finds: [{ messageId: 'not-mandatory', element: 'producers/tell', field: 'mandatory' }],
    },
    {
      name: 'an alternate exchange that leads nowhere',
      design: `
exchanges: { events: { broker: mq, alternateExchange: rest }, rest: { broker: mq, type: fanout } }
producers: { tell: { channel: events, mandatory: false } }
`,
      finds: [{ messageId: 'not-mandatory', element: 'producers/tell', field: 'mandatory' }],
    },
    {
      name: 'returned messages that are ignored',
      design: `
queues: { jobs: { broker: mq } }
producers: { tell: { channel: jobs, onReturn: ignore } }
`,
      finds: [{ messageId: 'ignored', element: 'producers/tell', field: 'onReturn' }],
    },
    {
      name: 'both at once',
      design: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events, mandatory: false, onReturn: ignore } }
`,
      becomes: `
exchanges: { events: { broker: mq } }
producers: { tell: { channel: events, mandatory: true, onReturn: error } }
`,
      finds: [{ messageId: 'not-mandatory', element: 'producers/tell', field: 'mandatory' }],
    },
  ],
});
