/** What a command tells the shell. */
export const exit = {
  ok: 0,
  /** Findings, conflicts, failed checks: the input was read, and its author has something to do. */
  findings: 1,
  /** Bad input or usage: nothing was done. */
  failed: 2,
} as const;
export type Exit = (typeof exit)[keyof typeof exit];
