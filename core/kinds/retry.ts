import { duration, int, oneOf, texts } from './attribute.ts';
import { sources } from './sources.ts';

/** How often and how long apart a failed message is tried again. */
export const retryParts = {
  mode: oneOf(['in-process', 'retry-topic', 'delayed-queue', 'delayed-retry', 'visibility', 'broker'], {
    doc: 'Where a failed message waits for its next attempt: in the worker, in a stream of its own, in a queue for each delay, in its own queue (RabbitMQ 4.3), behind its visibility timeout, or as the broker redelivers.',
    default: {
      value:
        'delayed-queue on RabbitMQ; retry-topic on Kafka, Kinesis and Redis Streams, or in-process where a flow relies on the order; visibility on SQS; broker on Celery',
      why: 'a worker is not blocked while a message waits, unless others must not overtake it',
    },
    valueBrokers: {
      'retry-topic': ['kafka', 'kinesis', 'redis'],
      'delayed-queue': ['rabbitmq'],
      'delayed-retry': ['rabbitmq'],
      visibility: ['sqs'],
    },
    source: sources.rabbitDelayedRetry,
  }),
  maxAttempts: int({
    min: -1,
    max: 1000,
    unit: 'handler failures',
    doc: 'Handler failures before the message is dead-lettered; -1 means without end.',
    default: { value: 5, why: 'rides out a short outage' },
  }),
  backoff: oneOf(['exponential', 'linear', 'fixed'], {
    doc: 'How the delay grows from attempt to attempt.',
    default: { value: 'exponential', why: 'gives a struggling system room' },
    source: sources.awsBackoff,
  }),
  baseDelay: duration({
    doc: 'Delay before the first retry.',
    default: { value: '1s', why: 'most failures are short' },
  }),
  maxDelay: duration({
    doc: 'Longest delay between two attempts.',
    default: { value: '600s', why: 'ten minutes is as long as a person waits' },
  }),
  jitter: oneOf(['full', 'none'], {
    doc: 'Random part of the delay; keeps failed messages from returning at once. Without effect with `delayed-retry`, whose delays the broker computes.',
    default: { value: 'full', why: 'failed messages do not return at once' },
    source: sources.awsBackoff,
  }),
  nonRetryable: texts({
    doc: 'Error names that go to the dead-letter queue at once.',
    default: { value: ['ValidationError'], why: 'what cannot be read will not be readable later' },
  }),
} as const;
