import { replayPlan } from '../../../../core/rules/dlq/replay-plan.ts';
import { testRule } from '../tester.ts';

testRule(replayPlan, {
  valid: [
    {
      name: 'an owner and the tool',
      design: `
queues: { jobs: { broker: mq, deadLetter: { owner: team-a, redrive: tool } } }
consumers: { work: { channel: jobs } }
`,
      byDefault: [],
    },
    {
      name: 'the owner of the service, and the generated tool',
      design: `
services: { pay: { owner: team-pay } }
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { service: pay, channel: jobs } }
`,
      byDefault: ['queues/jobs queues.deadLetter.redrive'],
    },
    {
      name: 'a runbook for a replay by hand',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: { owner: team-a, redrive: manual, runbook: "https://wiki.example/replay" } } }
`,
    },
    {
      name: 'a queue that nobody consumes',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
`,
    },
  ],
  invalid: [
    {
      name: 'dead letters without an owner',
      design: `
queues: { jobs: { broker: mq, deadLetter: true } }
consumers: { work: { channel: jobs } }
`,
      finds: [{ messageId: 'unowned', element: 'queues/jobs', field: 'deadLetter', noFix: true }],
    },
    {
      name: 'a replay by hand without a runbook',
      design: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: { owner: team-a, redrive: manual } } }
`,
      becomes: `
streams: { events: { broker: log } }
consumers: { read: { channel: events, deadLetter: { owner: team-a, redrive: tool } } }
`,
      finds: [{ messageId: 'no-procedure', element: 'consumers/read', field: 'deadLetter.redrive' }],
    },
  ],
});
