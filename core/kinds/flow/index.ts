import { z } from '../../zod.ts';
import { duration, durationText, oneOf, refs, safeText, shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { criticalities } from '../shared.ts';

const needs = z.looseObject({
  replay: z.boolean().optional().describe('Consumers must be able to read again.'),
  audit: z.boolean().optional().describe('The history is evidence.'),
  eventSourcing: z.boolean().optional().describe('State is rebuilt from the events.'),
  cdc: z.boolean().optional().describe('The events are changes of a database.'),
  lateSubscribers: z.boolean().optional().describe('A service added later must see the past.'),
  longTermState: z.boolean().optional().describe('The broker keeps the state of record.'),
});

export const flow = defineKind({
  id: 'flow',
  section: 'flows',
  title: 'Flow',
  doc: 'A business intent: which producers reach which consumers, and what that must guarantee.',
  drawn: 'none',
  attributes: {
    pattern: oneOf(['queue', 'topic', 'stream'], {
      group: 'Intent',
      doc: 'Work for one of many workers, a copy for each service, or a retained history.',
    }),
    style: oneOf(['event', 'command', 'request-reply'], {
      group: 'Intent',
      doc: 'What the messages mean.',
      default: { value: 'event', why: 'the usual case' },
    }),
    description: text({ group: 'Intent', doc: 'What the flow is for.' }),
    from: refs('producers', { group: 'Intent', doc: 'Producers where the flow begins.' }),
    to: refs('consumers', { group: 'Intent', doc: 'Consumers where it ends.' }),
    ordering: oneOf(['none', 'per-key', 'total'], {
      group: 'Ordering',
      doc: 'Which order the consumers rely on; write `none` where they rely on none.',
    }),
    orderingKey: text({ group: 'Ordering', doc: 'JSON pointer to the key whose messages keep their order.' }),
    delivery: oneOf(['at-most-once', 'at-least-once', 'effectively-once', 'exactly-once'], {
      group: 'Guarantees',
      doc: 'What the flow needs.',
      default: { value: 'at-least-once', why: 'what brokers give' },
    }),
    criticality: oneOf(criticalities, {
      group: 'Guarantees',
      doc: 'What losing a message costs.',
      default: { value: 'normal', why: 'the usual case' },
    }),
    needs: shaped(needs, { group: 'Guarantees', doc: 'What only a retained log gives.' }),
    replayHorizon: duration({ group: 'Guarantees', doc: 'How far back consumers must be able to read.' }),
    slo: shaped(
      z.looseObject({
        latencyP99: durationText
          .optional()
          .describe('End-to-end latency that 99 of 100 messages stay below.'),
        availability: safeText.optional().describe('Availability target.'),
      }),
      { group: 'Capacity', doc: 'Targets.' },
    ),
    maxConsumerOutage: duration({
      group: 'Capacity',
      doc: 'Longest outage of a consumer that must not lose messages.',
      default: { value: '4h', why: 'a night until somebody is at work' },
    }),
    recoveryTarget: duration({
      group: 'Capacity',
      doc: 'Time to work off the backlog after an outage.',
      default: { value: '2h', why: 'before the next shift' },
    }),
    replyTo: text({ group: 'Request and reply', doc: 'Channel for the replies.' }),
    timeout: duration({ group: 'Request and reply', doc: 'When the caller gives up.' }),
    scalePlan: shaped(
      z.array(
        z.looseObject({
          trigger: safeText.optional(),
          action: safeText.optional(),
          element: safeText.optional(),
          to: safeText.optional(),
        }),
      ),
      { group: 'Capacity', doc: 'What is done when the load grows.' },
      { type: 'list' },
    ),
  },
});
