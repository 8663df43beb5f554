/** Seconds since a reading of `performance.now()`. */
export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;

/** A series that appears with its first failure would hide that one from `increase()`: all of them start at 0. */
export function startAtZero(series: readonly { inc(by: number): void }[]): void {
  for (const one of series) one.inc(0);
}
