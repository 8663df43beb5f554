import * as contracts from '@parcels/contracts';
import { defineConsumer, defineService } from '@parcels/messaging';
import { run } from './app.ts';
import { keepTimeline } from './handlers/keep-timeline.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'timeline',
  producers,
  consumers: {
    'keep-timeline': defineConsumer({
      broker: 'scans',
      topic: 'parcel.scans',
      group: 'timeline.keep-timeline',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'timeline.keep-timeline.retry',
      startFrom: 'earliest',
      messages: [contracts.parcelScanned],
      handler: keepTimeline,
      concurrency: 4,
      // entries held at once; while they are, no more are read
      prefetch: 256,
      // the flow track relies on the order
      ordering: 'per-key',
      orderingKey: '/parcelId',
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
      // added and confirmed before the original is acknowledged
      deadLetter: { topic: 'keep-timeline.dlq' },
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
