import { duration, int, oneOf, texts } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../shared.ts';

export const retryPolicy = defineKind({
  id: 'retryPolicy',
  section: 'retryPolicies',
  title: 'Retry policy',
  doc: 'How often and how long apart a failed message is tried again.',
  drawn: 'none',
  attributes: {
    mode: oneOf(['in-process', 'retry-topic', 'delayed-queue', 'delayed-retry', 'visibility', 'broker'], {
      group: 'Retry',
      doc: 'Where a failed message waits for its next attempt.',
      default: { value: 'delayed-queue on RabbitMQ', why: 'a worker is not blocked while a message waits' },
    }),
    maxAttempts: int({
      min: -1,
      max: 1000,
      group: 'Retry',
      doc: 'Handler failures before the message is dead-lettered; -1 means without end.',
      default: { value: 5, why: 'rides out a short outage' },
    }),
    backoff: oneOf(['exponential', 'linear', 'fixed'], {
      group: 'Retry',
      doc: 'How the delay grows.',
      default: { value: 'exponential', why: 'gives a struggling system room' },
      source: sources.AWS_BACKOFF,
    }),
    baseDelay: duration({
      group: 'Retry',
      doc: 'Delay before the first retry.',
      default: { value: '1s', why: 'most failures are short' },
    }),
    maxDelay: duration({
      group: 'Retry',
      doc: 'Longest delay between two attempts.',
      default: { value: '600s', why: 'ten minutes is as long as a person waits' },
    }),
    jitter: oneOf(['full', 'none'], {
      group: 'Retry',
      doc: 'Random part of the delay.',
      default: { value: 'full', why: 'failed messages do not return at once' },
      source: sources.AWS_BACKOFF,
    }),
    nonRetryable: texts({
      group: 'Retry',
      doc: 'Error names that go to the dead-letter queue at once.',
      default: { value: ['ValidationError'], why: 'what cannot be read will not be readable later' },
    }),
  },
});
