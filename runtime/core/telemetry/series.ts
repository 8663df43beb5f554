/** Seconds since a reading of `performance.now()`. */
export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;

interface Series {
  inc(by: number): void;
}

/** A series that appears with its first failure would hide that one from `increase()`: all of them start at 0. */
export function startAtZero(series: readonly Series[]): void {
  for (const one of series) one.inc(0);
}

/** Counts for a series, which looks itself up at every `inc`: it hears of the sum before somebody reads it. */
export class Tally {
  readonly #series: Series;
  #untold = 0;

  constructor(series: Series) {
    this.#series = series;
    startAtZero([series]);
  }

  add(): void {
    this.#untold++;
  }

  tell(): void {
    this.#series.inc(this.#untold);
    this.#untold = 0;
  }
}
