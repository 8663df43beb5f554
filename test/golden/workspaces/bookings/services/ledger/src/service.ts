import * as contracts from '@bookings/contracts';
import { defineConsumer, defineService } from '@bookings/messaging';
import { run } from './app.ts';
import { keepLedger } from './handlers/keep-ledger.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'ledger',
  producers,
  consumers: {
    'keep-ledger': defineConsumer({
      broker: 'work',
      queue: 'ledger.fifo',
      messages: [contracts.bookingCancelled, contracts.bookingMade],
      handler: keepLedger,
      concurrency: 4,
      // four for each handler and one receive; they stay hidden from others while they wait
      prefetch: 26,
      // the flow account relies on the order
      ordering: 'per-key',
      orderingKey: '/customerId',
      // in-place: 5 attempts, repeated in place, while its group waits
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 200,
        maxDelayMs: 5000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [],
      },
      // sent and confirmed before the original is deleted
      deadLetter: { queue: 'ledger-dlq.fifo' },
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
