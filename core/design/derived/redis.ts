import { logExpander } from './log.ts';

/** Redis streams have no retention by time: dead letters stay until they are replayed or dropped. */
export const redis = logExpander(({ broker }) => ({ broker }));
