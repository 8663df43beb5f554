import { parseDuration } from '../../units.ts';

/** Milliseconds of an attribute that may be missing. */
export const durationOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseDuration(text);
