import type { Pack } from '../pack.ts';

export const monitoring = {} as const satisfies Pack;
