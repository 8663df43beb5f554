import { duration, int, object, objects, oneOf, ref, refs, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { criticalities } from '../shared.ts';
import { sources } from '../sources.ts';
import { needParts } from './needs.ts';

const sloParts = {
  latencyP99: duration({ doc: 'End-to-end latency that 99 of 100 messages stay below.' }),
  availability: text({ form: 'percentage such as `99.9%`', doc: 'Availability target.' }),
} as const;

const scaleSteps = {
  trigger: text({ doc: 'Measurement that starts the step, such as a rate or a backlog.' }),
  action: text({ doc: 'What is done.' }),
  element: text({ form: 'element address', doc: 'What is changed.' }),
  to: text({ doc: 'Value after the change.' }),
} as const;

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
    orderingKey: text({
      group: 'Ordering',
      form: 'JSON pointer',
      doc: 'JSON pointer to the key whose messages keep their order.',
    }),
    delivery: oneOf(['at-most-once', 'at-least-once', 'effectively-once', 'exactly-once'], {
      group: 'Guarantees',
      doc: 'What the flow needs. Exactly once holds from Kafka to Kafka with transactions; everywhere else it takes at-least-once and idempotent consumers.',
      default: { value: 'at-least-once', why: 'what brokers give' },
      source: sources.kafkaDesign,
    }),
    criticality: oneOf(criticalities, {
      group: 'Guarantees',
      doc: 'What losing a message costs.',
      default: { value: 'normal', why: 'the usual case' },
    }),
    stateOfRecord: oneOf(['database', 'broker'], {
      group: 'Guarantees',
      doc: 'Where the only lasting copy of the data is once a message has been processed: in a database of a service, or in the broker itself.',
      default: { value: 'database', why: 'a broker hands messages on; only a retained log may keep state' },
    }),
    expectedSubscribers: int({
      group: 'Intent',
      unit: 'services',
      doc: 'Services that are expected to need these messages, now and in the planned future.',
      default: { value: 'the services that consume today', why: 'what is drawn' },
    }),
    needs: object(needParts, { group: 'Guarantees', doc: 'What only a retained log gives.' }),
    replayHorizon: duration({ group: 'Guarantees', doc: 'How far back consumers must be able to read.' }),
    replayEvents: int({
      group: 'Guarantees',
      unit: 'messages',
      doc: 'Messages that a full replay reads.',
      default: { value: 'rate × replayHorizon', why: 'what has been published since' },
    }),
    replayTarget: duration({ group: 'Guarantees', doc: 'Longest time that a full replay may take.' }),
    slo: object(sloParts, { group: 'Capacity', doc: 'Targets.' }),
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
    replyTo: ref('channels', {
      group: 'Request and reply',
      doc: 'Channel for the replies.',
      brokers: ['rabbitmq', 'sqs'],
    }),
    timeout: duration({
      group: 'Request and reply',
      doc: 'When the caller gives up.',
      brokers: ['rabbitmq', 'sqs'],
    }),
    scalePlan: objects(scaleSteps, {
      group: 'Capacity',
      doc: 'What is done when the load grows.',
      default: { value: [], why: 'only its owners can plan it' },
    }),
  },
});
