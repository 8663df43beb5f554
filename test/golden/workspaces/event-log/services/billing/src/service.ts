import * as contracts from '@event-log/contracts';
import { defineConsumer, defineService } from '@event-log/messaging';
import { run } from './app.ts';
import { keepLedger } from './handlers/keep-ledger.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'billing',
  producers,
  consumers: {
    'keep-ledger': defineConsumer({
      broker: 'events',
      topic: 'account.events',
      group: 'billing.ledger',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'billing.keep-ledger.retry',
      startFrom: 'earliest',
      messages: [contracts.accountClosed, contracts.accountOpened],
      handler: keepLedger,
      concurrency: 2,
      // records held at once; while they are, no more are fetched
      prefetch: 256,
      // the flow bill relies on the order
      ordering: 'per-key',
      orderingKey: '/accountId',
      // in-place: 5 attempts, repeated in place, which keeps the order
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 200,
        maxDelayMs: 5000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [],
      },
      // written and confirmed before the offset of the original is committed
      deadLetter: { topic: 'keep-ledger.dlq' },
      // after the last attempt the key waits, and the service says so, until the cause is corrected
      onFailure: 'stop',
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
