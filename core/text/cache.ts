import { Part } from './part.ts';

/**
 * Parts of the versions of one document by their text. A version that differs in one entry parses that entry alone;
 * an undo parses nothing.
 */
export class PartCache {
  /** How many parts were parsed so far. */
  parses = 0;
  readonly #places = new Map<string, Map<string, Part>>();
  #used = new Set<Part>();

  /** @param place Section of the part; equal texts in different sections mean different things. */
  part(text: string, place = ''): Part {
    let parts = this.#places.get(place);
    if (!parts) {
      parts = new Map();
      this.#places.set(place, parts);
    }
    let part = parts.get(text);
    if (!part) {
      this.parses++;
      part = new Part(text);
      parts.set(text, part);
    }
    this.#used.add(part);
    return part;
  }

  /** Ends the reading of one version: forgets the parts of others once they outnumber its own. */
  settle(): void {
    let size = 0;
    for (const parts of this.#places.values()) size += parts.size;
    if (size > 2 * this.#used.size + SPARE)
      for (const parts of this.#places.values())
        for (const [text, part] of parts) if (!this.#used.has(part)) parts.delete(text);
    this.#used = new Set();
  }
}

const SPARE = 100;
