import * as contracts from '@bookings/contracts';
import { defineConsumer, defineService } from '@bookings/messaging';
import { run } from './app.ts';
import { sendMail } from './handlers/send-mail.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'mail',
  producers,
  consumers: {
    'send-mail': defineConsumer({
      broker: 'work',
      queue: 'mails',
      messages: [contracts.bookingCancelled, contracts.bookingMade],
      handler: sendMail,
      concurrency: 16,
      // four for each handler and one receive; they stay hidden from others while they wait
      prefetch: 74,
      // standard: 5 attempts, hidden in its queue for 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, queue: 'mails' },
          { delayMs: 2000, queue: 'mails' },
          { delayMs: 4000, queue: 'mails' },
          { delayMs: 8000, queue: 'mails' },
        ],
      },
      // sent and confirmed before the original is deleted
      deadLetter: { queue: 'mails-dlq' },
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
