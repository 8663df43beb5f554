import { Part } from './part.ts';

/**
 * Parts of the versions of one document by their text. A version that differs in one entry parses that entry alone;
 * an undo parses nothing.
 */
export class PartCache {
  /** How many parts were parsed so far. */
  parses = 0;
  readonly #parts = new Map<string, Part>();
  #used = new Set<string>();

  /** @param place Section of the part; equal texts in different sections mean different things. */
  part(text: string, place = ''): Part {
    const key = `${place}\n${text}`;
    this.#used.add(key);
    const known = this.#parts.get(key);
    if (known) return known;
    this.parses++;
    const part = new Part(text);
    this.#parts.set(key, part);
    return part;
  }

  /** Ends the reading of one version: forgets the oldest parts once they outnumber those of the version. */
  settle(): void {
    if (this.#parts.size > 2 * this.#used.size + SPARE)
      for (const key of this.#parts.keys()) if (!this.#used.has(key)) this.#parts.delete(key);
    this.#used = new Set();
  }
}

const SPARE = 100;
