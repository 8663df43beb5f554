import * as contracts from '@event-log/contracts';
import { defineConsumer, defineService } from '@event-log/messaging';
import { run } from './app.ts';
import { indexAccount } from './handlers/index-account.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'search',
  producers,
  consumers: {
    'index-account': defineConsumer({
      broker: 'events',
      topic: 'account.events',
      group: 'search.index',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'search.index-account.retry',
      startFrom: 'earliest',
      messages: [contracts.accountClosed, contracts.accountOpened],
      handler: indexAccount,
      concurrency: 2,
      // records held at once; while they are, no more are fetched
      prefetch: 256,
      // standard: 5 attempts, waiting in a retry topic for 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, topic: 'search.index-account.retry.1s' },
          { delayMs: 2000, topic: 'search.index-account.retry.2s' },
          { delayMs: 4000, topic: 'search.index-account.retry.4s' },
          { delayMs: 8000, topic: 'search.index-account.retry.8s' },
        ],
      },
      // written and confirmed before the offset of the original is committed
      deadLetter: { topic: 'index-account.dlq' },
      // claim with a lease, effect, done-mark: a crash before the done-mark repeats the effect, never loses it
      idempotency: {
        keyFrom: ['event_id'],
        leaseMs: 30000,
        doneTtlMs: 86400000,
        deadTtlMs: 1209600000,
      },
    }),
  },
  run,
});
