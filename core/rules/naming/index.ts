import type { Pack } from '../pack.ts';

export const naming = {} as const satisfies Pack;
