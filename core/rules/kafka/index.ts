import type { Pack } from '../pack.ts';

export const kafka = {} as const satisfies Pack;
