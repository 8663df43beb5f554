import * as contracts from '@orders/contracts';
import { defineConsumer, defineService } from '@orders/messaging';
import { run } from './app.ts';
import { printLabel } from './handlers/print-label.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'labels',
  producers,
  consumers: {
    'print-label': defineConsumer({
      broker: 'work',
      queue: 'labels-express',
      messages: [contracts.labelRequested],
      handler: printLabel,
      concurrency: 2,
      // 2 × concurrency keeps the handlers busy at 50 ms a message (rabbitmq/prefetch)
      prefetch: 4,
      // quick: 3 attempts, waiting in delay queues of 500ms, 1s
      retry: {
        maxAttempts: 3,
        backoff: 'exponential',
        baseDelayMs: 500,
        maxDelayMs: 5000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 500, queue: 'labels-express.retry.500ms' },
          { delayMs: 1000, queue: 'labels-express.retry.1s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'labels-express.dlq' },
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
