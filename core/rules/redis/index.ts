import type { Pack } from '../pack.ts';

export const redis = {} as const satisfies Pack;
