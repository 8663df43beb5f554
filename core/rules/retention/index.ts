import type { Pack } from '../pack.ts';

export const retention = {} as const satisfies Pack;
