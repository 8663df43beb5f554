import * as contracts from '@clickstream/contracts';
import { defineConsumer, defineService } from '@clickstream/messaging';
import { run } from './app.ts';
import { countTrends } from './handlers/count-trends.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'trends',
  producers,
  consumers: {
    'count-trends': defineConsumer({
      broker: 'site',
      topic: 'clicks',
      group: 'trends.count-trends',
      // replays of its dead letters come in here, and what it tries again later
      retryTopic: 'trends.count-trends.retry',
      startFrom: 'earliest',
      messages: [contracts.pageClicked],
      handler: countTrends,
      concurrency: 8,
      // records held at once; while they are, no more are read
      prefetch: 256,
      // standard: 5 attempts, waiting in the retry stream for 1s, 2s, 4s, 8s
      retry: {
        maxAttempts: 5,
        backoff: 'exponential',
        baseDelayMs: 1000,
        maxDelayMs: 600000,
        jitter: 'full',
        nonRetryable: ['ValidationError'],
        tiers: [
          { delayMs: 1000, topic: 'trends.count-trends.retry' },
          { delayMs: 2000, topic: 'trends.count-trends.retry' },
          { delayMs: 4000, topic: 'trends.count-trends.retry' },
          { delayMs: 8000, topic: 'trends.count-trends.retry' },
        ],
      },
      // written and confirmed before the checkpoint moves past the original
      deadLetter: { topic: 'count-trends.dlq' },
      // claim with a lease, effect, done-mark: a crash before the done-mark repeats the effect, never loses it
      idempotency: {
        keyFrom: ['event_id'],
        leaseMs: 30000,
        doneTtlMs: 604800000,
        deadTtlMs: 1209600000,
      },
    }),
  },
  run,
});
