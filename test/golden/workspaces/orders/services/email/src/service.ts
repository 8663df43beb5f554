import * as contracts from '@orders/contracts';
import { defineConsumer, defineService } from '@orders/messaging';
import { run } from './app.ts';
import { sendEmail } from './handlers/send-email.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'email',
  producers,
  consumers: {
    'send-email': defineConsumer({
      broker: 'work',
      queue: 'email',
      messages: [contracts.orderCreated, contracts.orderPaid, contracts.orderShipped],
      handler: sendEmail,
      concurrency: 32,
      // 2 × concurrency keeps the handlers busy at 30 ms a message (rabbitmq/prefetch)
      prefetch: 64,
      // standard: 5 attempts, waiting in delay queues of 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, queue: 'email.retry.1s' },
          { delayMs: 2000, queue: 'email.retry.2s' },
          { delayMs: 4000, queue: 'email.retry.4s' },
          { delayMs: 8000, queue: 'email.retry.8s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'email.dlq' },
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
