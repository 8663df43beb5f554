import type { Pack } from '../pack.ts';
import { attemptsBounded } from './attempts-bounded.ts';
import { backoffJitterCap } from './backoff-jitter-cap.ts';
import { blockingRetryFitsLease } from './blocking-retry-fits-lease.ts';
import { kafkaPoisonBlocksPartition } from './kafka-poison-blocks-partition.ts';
import { replayPlan } from './replay-plan.ts';
import { required } from './required.ts';
import { selfOrCycle } from './self-or-cycle.ts';
import { unroutedDlx } from './unrouted-dlx.ts';

export const dlq = {
  'dlq/required': required,
  'dlq/kafka-poison-blocks-partition': kafkaPoisonBlocksPartition,
  'dlq/self-or-cycle': selfOrCycle,
  'dlq/unrouted-dlx': unroutedDlx,
  'dlq/attempts-bounded': attemptsBounded,
  'dlq/backoff-jitter-cap': backoffJitterCap,
  'dlq/blocking-retry-fits-lease': blockingRetryFitsLease,
  'dlq/replay-plan': replayPlan,
} as const satisfies Pack;
