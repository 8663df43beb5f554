import type { Pack } from '../pack.ts';
import { dlqByDeliveryCount } from './dlq-by-delivery-count.ts';
import { pendingReclaim } from './pending-reclaim.ts';
import { trimmingDeclared } from './trimming-declared.ts';

export const redis = {
  'redis/trimming-declared': trimmingDeclared,
  'redis/pending-reclaim': pendingReclaim,
  'redis/dlq-by-delivery-count': dlqByDeliveryCount,
} as const satisfies Pack;
