import * as contracts from '@orders/contracts';
import { defineConsumer, defineService } from '@orders/messaging';
import { run } from './app.ts';
import { pickItem } from './handlers/pick-item.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'warehouse',
  producers,
  consumers: {
    'pick-item': defineConsumer({
      broker: 'work',
      queue: 'pick-items',
      messages: [contracts.pickRequested],
      handler: pickItem,
      concurrency: 8,
      // 2 × concurrency keeps the handlers busy at 10 ms a message (rabbitmq/prefetch)
      prefetch: 16,
      // quick: 3 attempts, waiting in delay queues of 500ms, 1s
      retry: {
        maxAttempts: 3,
        backoff: 'exponential',
        baseDelayMs: 500,
        maxDelayMs: 5000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 500, queue: 'pick-items.retry.500ms' },
          { delayMs: 1000, queue: 'pick-items.retry.1s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'pick-items.dlq' },
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
