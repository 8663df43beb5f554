import { type Node, Pair, YAMLMap } from 'yaml';
import { moved, type Path, placesBelow, type Range, rangeOf } from './nodes.ts';
import type { Part } from './part.ts';

interface Content {
  readonly key: string;
  readonly part: Part;
  /** Where the part starts in the text. */
  readonly offset: number;
  /** The pair of the key, where the part holds others too. */
  readonly pair?: Pair;
  /** Entries of a section that were read one by one; missing where the value is that of the pair. */
  readonly below?: readonly Entry[];
}

/** A key of the document, or of a section that was read entry by entry, with what stands below it. */
export class Entry {
  readonly key: string;
  readonly part: Part;
  readonly offset: number;
  readonly below: readonly Entry[] | undefined;
  readonly #one: Pair | undefined;
  #pair: Pair | undefined;

  constructor({ key, part, offset, pair, below }: Content) {
    this.key = key;
    this.part = part;
    this.offset = offset;
    this.below = below;
    this.#one = pair;
  }

  /** The key and its value; ranges count from the start of the text. */
  get pair(): Pair {
    if (!this.#pair) {
      const own = this.#one ?? (this.part.pairs[0] as Pair);
      const pair = this.offset === 0 ? own : moved(own, this.offset);
      this.#pair = this.below ? new Pair(pair.key, mapOf(this.below.map((child) => child.pair))) : pair;
    }
    return this.#pair;
  }

  /** Where the key at a path below stands, or the list item; the key of this entry for an empty path. */
  keyRange(path: Path): Range | undefined {
    const own = path.length === 0 && !this.#one ? this.part.keyRange : this.#places(path)?.key;
    return plus(own, this.offset);
  }

  /** Where the value at a path below stands. */
  valueRange(path: Path): Range | undefined {
    if (this.below && path.length === 0) return rangeOf(this.pair.value);
    return plus(this.#places(path)?.value, this.offset);
  }

  #places(path: Path) {
    return this.#one ? placesBelow(this.#one, path) : this.part.places(path);
  }
}

const plus = (range: Range | undefined, by: number): Range | undefined =>
  range && { start: range.start + by, end: range.end + by };

/** A block map of pairs that stand one below the other. */
export function mapOf(pairs: readonly Pair[]): YAMLMap {
  const map = new YAMLMap();
  map.items = [...pairs];
  const last = pairs.at(-1);
  const end = ((last?.value ?? last?.key) as Node | undefined)?.range;
  map.range = [rangeOf(pairs[0]?.key)?.start ?? 0, end?.[1] ?? 0, end?.[2] ?? 0];
  return map;
}
