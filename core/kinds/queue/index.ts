import { bool, duration, int, oneOf, size } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes, failureAttributes, sources } from '../shared.ts';

export const queue = defineKind({
  id: 'queue',
  section: 'queues',
  title: 'Queue',
  doc: 'Holds messages until one consumer has processed them; each message goes to one consumer.',
  drawn: 'channel',
  attributes: {
    ...channelAttributes,
    role: oneOf(['work', 'dead-letter', 'retry', 'parking'], {
      group: 'Identity',
      doc: 'What the queue is for: work for a service, dead letters, messages that wait for their next attempt, or messages kept for people.',
      default: { value: 'work', why: 'most queues carry work' },
    }),
    type: oneOf(['quorum', 'classic', 'standard', 'fifo'], {
      group: 'Delivery',
      doc: 'Quorum or classic on RabbitMQ, standard or FIFO on SQS.',
      default: { value: 'quorum; standard on SQS', why: 'replicated, and survives the loss of a node' },
      source: sources.RMQ_QUORUM,
    }),
    durable: bool({
      group: 'Delivery',
      doc: 'Whether it survives a restart of the broker.',
      default: { value: true, why: 'a transient queue loses its messages' },
      brokers: ['rabbitmq'],
    }),
    exclusive: bool({
      group: 'Delivery',
      doc: 'Whether only the declaring connection may use it.',
      default: { value: false, why: 'workers share a queue' },
      brokers: ['rabbitmq'],
    }),
    autoDelete: bool({
      group: 'Delivery',
      doc: 'Whether it is deleted with its last consumer.',
      default: { value: false, why: 'a deploy must not delete messages' },
      brokers: ['rabbitmq'],
    }),
    singleActiveConsumer: bool({
      group: 'Ordering',
      doc: 'Whether one consumer at a time receives, others stand by.',
      default: { value: false, why: 'only ordered flows need it' },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/consumers#single-active-consumer',
    }),
    maxLength: int({
      min: 1,
      group: 'Limits',
      doc: 'Most ready messages that it holds.',
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/maxlength',
    }),
    maxLengthBytes: size({
      group: 'Limits',
      doc: 'Most bytes of ready messages that it holds.',
      brokers: ['rabbitmq'],
    }),
    overflow: oneOf(['drop-head', 'reject-publish', 'reject-publish-dlx'], {
      group: 'Limits',
      doc: 'What happens beyond the limit.',
      default: {
        value: 'reject-publish',
        why: 'drop-head, the default of RabbitMQ, loses the oldest message silently',
      },
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/maxlength',
    }),
    messageTtl: duration({
      group: 'Limits',
      doc: 'How long a message waits before it expires.',
      brokers: ['rabbitmq'],
      source: 'https://www.rabbitmq.com/docs/ttl',
    }),
    deliveryLimit: int({
      min: -1,
      group: 'Failure',
      doc: 'Deliveries after which the broker itself dead-letters; a backstop above the attempts that the consumer counts.',
      default: { value: 50, why: 'the broker also counts crashes; attempts are counted by the consumer' },
      brokers: ['rabbitmq'],
      source: sources.RMQ_QUORUM,
    }),
    ...failureAttributes,
    consumerTimeout: duration({
      group: 'Limits',
      doc: 'Longest time between a delivery and its acknowledgement.',
      default: { value: '30m', why: 'default of RabbitMQ' },
      brokers: ['rabbitmq'],
    }),
    retention: duration({
      group: 'Limits',
      doc: 'How long SQS keeps a message.',
      default: { value: '4d', why: 'default of SQS' },
      brokers: ['sqs'],
    }),
  },
});
