import { z } from '../../zod.ts';
import {
  bool,
  duration,
  durationText,
  int,
  oneOf,
  rateText,
  ref,
  refs,
  safeText,
  shaped,
  text,
  texts,
} from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { failureAttributes, idempotencyShape } from '../shared.ts';

export const consumer = defineKind({
  id: 'consumer',
  section: 'consumers',
  title: 'Consumer',
  doc: 'Where a service takes messages from a queue or stream and hands them to a handler.',
  drawn: 'endpoint',
  attributes: {
    service: ref('services', {
      group: 'Identity',
      doc: 'Service that consumes.',
      default: { value: 'a service with the id of the consumer', why: 'one box is enough to start with' },
    }),
    channel: ref('channels', { group: 'Identity', doc: 'Queue or stream that it reads.' }),
    messages: refs('messages', {
      group: 'Identity',
      doc: 'Message types that it handles.',
      default: { value: 'all that can reach the channel', why: 'computed from producers and bindings' },
    }),
    group: text({
      group: 'Identity',
      doc: 'Consumer group.',
      default: { value: '<service>.<consumer>', why: 'each service reads everything' },
      brokers: ['kafka', 'redis', 'kinesis'],
    }),
    ack: oneOf(['after', 'before', 'auto'], {
      group: 'Delivery',
      doc: 'When the message is acknowledged, relative to the handler.',
      default: { value: 'after', why: 'anything else loses the message in a crash' },
    }),
    prefetch: int({
      min: 0,
      max: 65_535,
      group: 'Delivery',
      doc: 'Unacknowledged messages that an instance holds; 0 is without limit.',
      default: { value: 'computed', why: 'enough to keep the handlers busy' },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/confirms#channel-qos-prefetch',
    }),
    onError: oneOf(['dead-letter', 'nack-requeue', 'reject-requeue', 'delayed-retry'], {
      group: 'Failure',
      doc: 'What the consumer tells the broker when the handler fails.',
      default: { value: 'delayed-retry', why: 'retry queues, then the dead-letter queue' },
      brokers: ['rabbitmq'],
    }),
    onFailure: oneOf(['dead-letter', 'stop', 'park-key', 'drop'], {
      group: 'Failure',
      doc: 'What happens after the last attempt.',
      default: { value: 'dead-letter', why: 'nothing is lost and neighbours flow' },
    }),
    ...failureAttributes,
    idempotency: shaped(
      z.union([safeText, idempotencyShape]),
      {
        group: 'Idempotency',
        doc: 'Idempotency policy: `standard`, `none`, the id of a policy, or the policy itself.',
      },
      { type: 'ref', to: 'idempotencyPolicies' },
    ),
    sideEffects: texts({
      group: 'Idempotency',
      doc: 'What the handler changes outside itself; an empty list states that it changes nothing.',
    }),
    externalCalls: shaped(
      z.array(
        z.looseObject({
          name: safeText,
          idempotent: z.boolean().optional().describe('Whether a repeated call has no further effect.'),
          passesKey: z.boolean().optional().describe('Whether the idempotency key is passed on.'),
        }),
      ),
      { group: 'Idempotency', doc: 'Calls to other systems.' },
      { type: 'list' },
    ),
    processing: shaped(
      z.looseObject({
        p50: durationText.optional().describe('Half of the messages take less.'),
        p99: durationText.optional().describe('One message in a hundred takes longer.'),
      }),
      { group: 'Capacity', doc: 'How long the handler takes.' },
    ),
    concurrency: int({
      min: 1,
      max: 10_000,
      group: 'Capacity',
      doc: 'Handlers that run at once in an instance.',
      default: { value: 1, why: 'the safe choice' },
    }),
    concurrencyPerPartition: int({
      min: 1,
      max: 10_000,
      group: 'Ordering',
      doc: 'Handlers that run at once on one partition.',
      default: { value: 1, why: 'keeps the order' },
      brokers: ['kafka', 'kinesis'],
    }),
    downstream: shaped(
      z.looseObject({
        maxRate: rateText.optional().describe('Messages per second that the systems behind it bear.'),
      }),
      { group: 'Capacity', doc: 'Limits of what the handler calls.' },
    ),
    offsetReset: oneOf(['earliest', 'latest'], {
      group: 'Delivery',
      doc: 'Where a new group starts to read.',
      default: { value: 'earliest', why: 'latest skips what was published before' },
      brokers: ['kafka'],
    }),
    autoCommit: bool({
      group: 'Delivery',
      doc: 'Whether offsets are committed by a timer.',
      default: { value: false, why: 'a timer commits what was not processed' },
      brokers: ['kafka'],
    }),
    maxPollInterval: duration({
      group: 'Delivery',
      doc: 'Longest time between two polls before the group moves on.',
      default: { value: '300s', why: 'default of Kafka' },
      brokers: ['kafka'],
    }),
    maxOutage: duration({
      group: 'Capacity',
      doc: 'Longest outage that must not lose messages.',
      default: { value: '4h', why: 'a night until somebody is at work' },
    }),
  },
});
