import type { Pack } from '../pack.ts';

export const schema = {} as const satisfies Pack;
