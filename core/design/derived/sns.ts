import type { Expander } from './implied.ts';

/** A topic keeps nothing: what cannot be delivered goes where each subscription says. */
export const sns: Expander = {};
