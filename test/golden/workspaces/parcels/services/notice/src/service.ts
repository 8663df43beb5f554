import * as contracts from '@parcels/contracts';
import { defineConsumer, defineService } from '@parcels/messaging';
import { run } from './app.ts';
import { sendNotice } from './handlers/send-notice.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'notice',
  producers,
  consumers: {
    'send-notice': defineConsumer({
      broker: 'scans',
      topic: 'parcel.scans',
      group: 'notice.send-notice',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'notice.send-notice.retry',
      startFrom: 'earliest',
      messages: [contracts.parcelScanned],
      handler: sendNotice,
      concurrency: 16,
      // entries held at once; while they are, no more are read
      prefetch: 256,
      // standard: 5 attempts, set aside for 1s, 2s, 4s, 8s, then added to the retry stream
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, topic: 'notice.send-notice.retry' },
          { delayMs: 2000, topic: 'notice.send-notice.retry' },
          { delayMs: 4000, topic: 'notice.send-notice.retry' },
          { delayMs: 8000, topic: 'notice.send-notice.retry' },
        ],
      },
      // added and confirmed before the original is acknowledged
      deadLetter: { topic: 'send-notice.dlq' },
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
