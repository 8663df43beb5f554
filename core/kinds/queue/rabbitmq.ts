import { bool, duration, int, object, oneOf, shaped, size } from '../attribute.ts';
import { sources } from '../sources.ts';
import { headerValues } from '../values.ts';

const brokers = ['rabbitmq'] as const;

const delayedRetryParts = {
  type: oneOf(['disabled', 'all', 'failed', 'returned'], {
    doc: 'Which returned messages wait before they are delivered again.',
    default: { value: 'disabled', why: 'default of RabbitMQ; needs 4.3 and a quorum queue' },
    source: sources.rabbitQuorum,
  }),
  min: duration({ doc: 'Delay after the first return; grows with each return.' }),
  max: duration({ doc: 'Longest delay.' }),
} as const;

/** What a RabbitMQ queue can be told when it is declared. */
export const rabbitQueueAttributes = {
  durable: bool({
    group: 'Delivery',
    doc: 'Whether it survives a restart of the broker.',
    default: { value: true, why: 'a transient queue loses its messages' },
    brokers,
    source: sources.rabbitQueues,
  }),
  exclusive: bool({
    group: 'Delivery',
    doc: 'Whether only the declaring connection may use it.',
    default: { value: false, why: 'workers share a queue' },
    brokers,
    source: sources.rabbitQueues,
  }),
  autoDelete: bool({
    group: 'Delivery',
    doc: 'Whether it is deleted with its last consumer.',
    default: { value: false, why: 'a deploy must not delete messages' },
    brokers,
    source: sources.rabbitQueues,
  }),
  expires: duration({
    group: 'Delivery',
    doc: 'How long it lives without consumers; an expired queue dead-letters nothing.',
    brokers,
    source: sources.rabbitTtl,
  }),
  singleActiveConsumer: bool({
    group: 'Ordering',
    doc: 'Whether one consumer at a time receives, others stand by.',
    default: { value: false, why: 'only ordered flows need it' },
    brokers,
    source: `${sources.rabbitConsumers}#single-active-consumer`,
  }),
  maxPriority: int({
    min: 1,
    max: 255,
    group: 'Ordering',
    unit: 'priorities',
    doc: 'Highest priority of a classic queue; 2 to 4 are enough. Quorum queues have 0 to 31 by themselves and ignore it.',
    brokers,
    source: sources.rabbitPriority,
  }),
  maxLength: int({
    min: 1,
    group: 'Limits',
    unit: 'messages',
    doc: 'Most ready messages that it holds.',
    brokers,
    source: sources.rabbitMaxLength,
  }),
  maxLengthBytes: size({
    group: 'Limits',
    doc: 'Most bytes of ready messages that it holds.',
    brokers,
    source: sources.rabbitMaxLength,
  }),
  overflow: oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], {
    group: 'Limits',
    doc: 'What happens beyond the limit; `reject-publish-dlx` is for classic queues.',
    default: {
      value: 'reject-publish',
      why: 'drop-head, the default of RabbitMQ, loses the oldest message silently',
    },
    brokers,
    source: sources.rabbitMaxLength,
  }),
  messageTtl: duration({
    group: 'Limits',
    doc: 'How long a message waits before it expires.',
    brokers,
    source: sources.rabbitTtl,
  }),
  deliveryLimit: int({
    min: -1,
    group: 'Failure',
    unit: 'deliveries',
    doc: 'Deliveries after which a quorum queue itself dead-letters; a backstop above the attempts that the consumer counts.',
    default: { value: 50, why: 'the broker also counts crashes; attempts are counted by the consumer' },
    brokers,
    source: sources.rabbitQuorum,
  }),
  delayedRetry: object(delayedRetryParts, {
    group: 'Failure',
    doc: 'Delay of quorum queues, from RabbitMQ 4.3, before a returned message is delivered again.',
    brokers,
    source: sources.rabbitQuorum,
  }),
  consumerTimeout: duration({
    group: 'Limits',
    doc: 'Longest time between a delivery and its acknowledgement; from 4.3 for quorum queues only.',
    default: { value: '30m', why: 'default of RabbitMQ' },
    brokers,
    source: `${sources.rabbitConsumers}#acknowledgement-timeout`,
  }),
  arguments: shaped(headerValues, {
    group: 'Limits',
    form: 'map of text, numbers and booleans',
    doc: 'Optional arguments with which the queue is declared, such as `x-max-length`. They cannot be changed without deleting the queue; a policy can.',
    brokers,
    source: `${sources.rabbitQueues}#optional-arguments`,
  }),
} as const;
