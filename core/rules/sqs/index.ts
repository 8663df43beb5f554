import type { Pack } from '../pack.ts';

export const sqs = {} as const satisfies Pack;
