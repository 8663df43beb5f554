import type { Pack } from '../pack.ts';

export const kinesis = {} as const satisfies Pack;
