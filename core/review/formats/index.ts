import type { Formatter } from './format.ts';
import { human } from './human.ts';

export const formatIds = ['human'] as const;
export type FormatId = (typeof formatIds)[number];

/** The output formats by name. */
export const formats = { human } as const satisfies Record<FormatId, Formatter>;
