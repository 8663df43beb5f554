import * as contracts from '@clickstream/contracts';
import { defineInboxConsumer, defineService } from '@clickstream/messaging';
import { run } from './app.ts';
import { buildSession } from './handlers/build-session.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'sessions',
  producers,
  consumers: {
    'build-session': defineInboxConsumer({
      broker: 'site',
      topic: 'clicks',
      group: 'sessions.build-session',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'sessions.build-session.retry',
      startFrom: 'earliest',
      messages: [contracts.pageClicked],
      handler: buildSession,
      concurrency: 8,
      // records held at once; while they are, no more are read
      prefetch: 256,
      // the flow session relies on the order
      ordering: 'per-key',
      orderingKey: '/visitorId',
      // in-place: 5 attempts, repeated in place, while later records of the key wait
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 200,
        maxDelayMs: 5000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [],
      },
      // written and confirmed before the checkpoint moves past the original
      deadLetter: { topic: 'build-session.dlq' },
      // after the last attempt the key waits, and the service says so, until the cause is corrected
      onFailure: 'stop',
      // what the handler writes through its transaction commits together with the done-mark: once per key
      idempotency: {
        keyFrom: ['event_id'],
        leaseMs: 30000,
        doneTtlMs: 604800000,
        deadTtlMs: 1209600000,
      },
    }),
  },
  run,
});
