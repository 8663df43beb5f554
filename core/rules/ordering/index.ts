import type { Pack } from '../pack.ts';
import { channelCannotProvide } from './channel-cannot-provide.ts';
import { partitionKeyRequired } from './partition-key-required.ts';
import { requirementStated } from './requirement-stated.ts';

export const ordering = {
  'ordering/requirement-stated': requirementStated,
  'ordering/channel-cannot-provide': channelCannotProvide,
  'ordering/partition-key-required': partitionKeyRequired,
} as const satisfies Pack;
