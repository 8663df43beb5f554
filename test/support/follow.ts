import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Recorded } from './history.ts';

/** Reads a history while it grows: each call gives the events since the one before, at the cost of those alone. */
export class HistoryFollower {
  readonly #fd: number;
  #offset = 0;
  #rest = '';

  constructor(path: string) {
    this.#fd = openSync(path, 'r');
  }

  /** Events of lines that another one follows; what a killed process left unfinished is none. */
  next(): Recorded[] {
    const size = fstatSync(this.#fd).size - this.#offset;
    const buffer = Buffer.alloc(size);
    const read = readSync(this.#fd, buffer, 0, size, this.#offset);
    this.#offset += read;
    // One character a byte, so that a read may end within a character: lines are decoded whole.
    const lines = (this.#rest + buffer.toString('latin1', 0, read)).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(Buffer.from(line, 'latin1').toString('utf8')) as Recorded];
      } catch {
        return [];
      }
    });
  }

  close(): void {
    closeSync(this.#fd);
  }
}
