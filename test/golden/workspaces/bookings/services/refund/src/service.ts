import * as contracts from '@bookings/contracts';
import { defineConsumer, defineService } from '@bookings/messaging';
import { run } from './app.ts';
import { payBack } from './handlers/pay-back.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'refund',
  producers,
  consumers: {
    'pay-back': defineConsumer({
      broker: 'work',
      queue: 'refunds',
      messages: [contracts.bookingCancelled],
      // for other consumers of the topic
      ignores: ['booking.made'],
      handler: payBack,
      concurrency: 4,
      // four for each handler and one receive; they stay hidden from others while they wait
      prefetch: 26,
      // standard: 5 attempts, hidden in its queue for 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, queue: 'refunds' },
          { delayMs: 2000, queue: 'refunds' },
          { delayMs: 4000, queue: 'refunds' },
          { delayMs: 8000, queue: 'refunds' },
        ],
      },
      // sent and confirmed before the original is deleted
      deadLetter: { queue: 'refunds-dlq' },
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
