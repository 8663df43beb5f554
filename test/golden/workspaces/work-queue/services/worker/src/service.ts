import * as contracts from '@work-queue/contracts';
import { defineConsumer, defineService } from '@work-queue/messaging';
import { run } from './app.ts';
import { doJob } from './handlers/do-job.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'worker',
  producers,
  consumers: {
    'do-job': defineConsumer({
      broker: 'work',
      queue: 'jobs.work',
      messages: [contracts.jobRequested],
      handler: doJob,
      concurrency: 8,
      // 2 × concurrency keeps the handlers busy at 100 ms a message (rabbitmq/prefetch)
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
          { delayMs: 1000, queue: 'jobs.work.retry.1s' },
          { delayMs: 2000, queue: 'jobs.work.retry.2s' },
          { delayMs: 4000, queue: 'jobs.work.retry.4s' },
          { delayMs: 8000, queue: 'jobs.work.retry.8s' },
        ],
      },
      // published and confirmed before the original is acknowledged
      deadLetter: { queue: 'jobs.work.dlq' },
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
