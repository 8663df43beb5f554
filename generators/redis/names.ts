import { isPlainName, streamNames } from '../services/logNames.ts';

/** Stream names that the library does not take, though keys may be any bytes. */
export const nameProblems = streamNames(isPlainName, 'too many of them');
