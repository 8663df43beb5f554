import type { Pack } from '../pack.ts';
import { attemptsBounded } from './attempts-bounded.ts';
import { required } from './required.ts';
import { unroutedDlx } from './unrouted-dlx.ts';

export const dlq = {
  'dlq/required': required,
  'dlq/unrouted-dlx': unroutedDlx,
  'dlq/attempts-bounded': attemptsBounded,
} as const satisfies Pack;
