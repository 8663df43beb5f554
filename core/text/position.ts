import type { Position } from '../result.ts';

/** Line and column of an offset; for single look-ups. Use `LineIndex` where many are needed. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak, offset };
}

/** Line starts of a text, for look-ups in logarithmic time: in that of the distance from the one before, mostly ahead. */
export class LineIndex {
  readonly #starts: readonly number[];
  /** Line that was found last. */
  #last = 0;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** Offset where a line begins; lines count from 0. */
  start(line: number): number {
    return this.#starts[line] ?? 0;
  }

  position(offset: number): Position {
    const starts = this.#starts;
    let low = (starts[this.#last] ?? 0) <= offset ? this.#last : 0;
    let high = starts.length - 1;
    for (let step = 1; low + step <= high; step *= 2) {
      if ((starts[low + step] ?? 0) > offset) high = low + step - 1;
      else low += step;
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  }
}
