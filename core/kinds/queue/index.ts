import { oneOf } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes, failureAttributes } from '../shared.ts';
import { sources } from '../sources.ts';
import { rabbitQueueAttributes } from './rabbitmq.ts';
import { sqsQueueAttributes } from './sqs.ts';

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
      brokers: ['rabbitmq', 'sqs'],
      valueBrokers: { quorum: ['rabbitmq'], classic: ['rabbitmq'], standard: ['sqs'], fifo: ['sqs'] },
      source: sources.rabbitQuorum,
    }),
    ...rabbitQueueAttributes,
    ...failureAttributes,
    ...sqsQueueAttributes,
  },
});
