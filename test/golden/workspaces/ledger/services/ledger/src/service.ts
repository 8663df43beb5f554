import * as contracts from '@ledger/contracts';
import { defineInboxConsumer, defineService } from '@ledger/messaging';
import { run } from './app.ts';
import { bookOrder } from './handlers/book-order.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'ledger',
  producers,
  consumers: {
    'book-order': defineInboxConsumer({
      broker: 'work',
      queue: 'bookings',
      messages: [contracts.orderPlaced],
      handler: bookOrder,
      concurrency: 8,
      // 2 × concurrency keeps the handlers busy at 10 ms a message (rabbitmq/prefetch)
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
          { delayMs: 1000, queue: 'bookings.retry.1s' },
          { delayMs: 2000, queue: 'bookings.retry.2s' },
          { delayMs: 4000, queue: 'bookings.retry.4s' },
          { delayMs: 8000, queue: 'bookings.retry.8s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'bookings.dlq' },
      // what the handler writes through its transaction commits together with the done-mark: once per key
      idempotency: {
        keyFrom: ['event_id'],
        leaseMs: 30000,
        doneTtlMs: 'permanent',
        deadTtlMs: 1209600000,
      },
    }),
  },
  run,
});
