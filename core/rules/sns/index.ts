import type { Pack } from '../pack.ts';
import { filterNeverMatches } from './filter-never-matches.ts';

export const sns = {
  'sns/filter-never-matches': filterNeverMatches,
} as const satisfies Pack;
