/** Major and minor version, for features that a version lacks. */
export type Version = readonly [major: number, minor: number];
export const atLeast = ([major, minor]: Version, [a, b]: Version): boolean =>
  major > a || (major === a && minor >= b);
