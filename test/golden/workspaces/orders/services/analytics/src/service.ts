import * as contracts from '@orders/contracts';
import { defineInboxConsumer, defineService } from '@orders/messaging';
import { run } from './app.ts';
import { countOrders } from './handlers/count-orders.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'analytics',
  producers,
  consumers: {
    'count-orders': defineInboxConsumer({
      broker: 'events',
      topic: 'order.events',
      group: 'analytics.orders',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'analytics.count-orders.retry',
      startFrom: 'earliest',
      messages: [contracts.orderCreated, contracts.orderShipped],
      handler: countOrders,
      concurrency: 1,
      // records held at once; while they are, no more are fetched
      prefetch: 256,
      // the flow history relies on the order
      ordering: 'per-key',
      orderingKey: '/orderId',
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
      deadLetter: { topic: 'order.events.dlq' },
      // after the last attempt the key waits, and the service says so, until the cause is corrected
      onFailure: 'stop',
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
