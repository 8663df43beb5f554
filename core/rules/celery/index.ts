import type { Pack } from '../pack.ts';

export const celery = {} as const satisfies Pack;
