import type { Pack } from '../pack.ts';

export const security = {} as const satisfies Pack;
