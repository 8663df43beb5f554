import type { Pack } from '../pack.ts';
import { channelCannotProvide } from './channel-cannot-provide.ts';
import { partitionKeyRequired } from './partition-key-required.ts';
import { requirementStated } from './requirement-stated.ts';
import { retryReorders } from './retry-reorders.ts';

export const ordering = {
  'ordering/requirement-stated': requirementStated,
  'ordering/channel-cannot-provide': channelCannotProvide,
  'ordering/partition-key-required': partitionKeyRequired,
  'ordering/retry-reorders': retryReorders,
} as const satisfies Pack;
