import type { Pack } from '../pack.ts';

export const capacity = {} as const satisfies Pack;
