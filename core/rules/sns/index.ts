import type { Pack } from '../pack.ts';

export const sns = {} as const satisfies Pack;
