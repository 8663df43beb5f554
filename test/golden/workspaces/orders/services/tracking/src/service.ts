import * as contracts from '@orders/contracts';
import { defineConsumer, defineService } from '@orders/messaging';
import { run } from './app.ts';
import { updateTracking } from './handlers/update-tracking.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'tracking',
  producers,
  consumers: {
    'update-tracking': defineConsumer({
      broker: 'work',
      queue: 'tracking',
      messages: [contracts.orderShipped],
      handler: updateTracking,
      concurrency: 8,
      // 2 × concurrency keeps the handlers busy at 5 ms a message (rabbitmq/prefetch)
      prefetch: 16,
      // standard: 5 attempts, waiting in delay queues of 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, queue: 'tracking.retry.1s' },
          { delayMs: 2000, queue: 'tracking.retry.2s' },
          { delayMs: 4000, queue: 'tracking.retry.4s' },
          { delayMs: 8000, queue: 'tracking.retry.8s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'tracking.dlq' },
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
