import type { Pack } from '../pack.ts';
import { acksLateNeedsIdempotency } from './acks-late-needs-idempotency.ts';
import { manualRetryDefeatsBackoff } from './manual-retry-defeats-backoff.ts';
import { noDlqByDefault } from './no-dlq-by-default.ts';
import { prefetchMultiplier } from './prefetch-multiplier.ts';
import { visibilityTimeout } from './visibility-timeout.ts';
import { workerLost } from './worker-lost.ts';

export const celery = {
  'celery/acks-late-needs-idempotency': acksLateNeedsIdempotency,
  'celery/worker-lost': workerLost,
  'celery/prefetch-multiplier': prefetchMultiplier,
  'celery/visibility-timeout': visibilityTimeout,
  'celery/no-dlq-by-default': noDlqByDefault,
  'celery/manual-retry-defeats-backoff': manualRetryDefeatsBackoff,
} as const satisfies Pack;
