import { isMap, type Node, type Pair, type YAMLError } from 'yaml';
import type { Position, Problem } from '../result.ts';
import type { PartCache } from './cache.ts';
import { type Entry, mapOf } from './entry.ts';
import { nodeBelow, type Path, pairIn, pathBelow, type Range } from './nodes.ts';
import type { Part } from './part.ts';
import { LineIndex } from './position.ts';

export { type Path, type Range, rangeOf } from './nodes.ts';

/** An error of the parser; its position counts from `offset`. */
export interface Misread {
  readonly error: YAMLError;
  readonly offset: number;
}

interface Parsed {
  readonly text: string;
  readonly cache: PartCache;
  readonly entries: readonly Entry[];
  /** The whole text as one part, where it was not parsed in several. */
  readonly whole?: Part;
  readonly misread: readonly Misread[];
}

/** Where every part of a parsed file stands in its text. */
export class SourceMap {
  readonly text: string;
  readonly cache: PartCache;
  readonly entries: readonly Entry[];
  readonly misread: readonly Misread[];
  readonly #whole: Part | undefined;
  readonly #index: ReadonlyMap<string, { readonly entry: Entry; readonly below: ReadonlyMap<string, Entry> }>;
  #lines: LineIndex | undefined;
  #head: Readonly<Record<string, unknown>> | undefined;
  #value: Readonly<Record<string, unknown>> | undefined;
  #isHarmless: boolean | undefined;

  constructor({ text, cache, entries, whole, misread }: Parsed) {
    this.text = text;
    this.cache = cache;
    this.entries = entries;
    this.misread = misread;
    this.#whole = whole;
    this.#index = new Map(
      entries.map((entry) => [entry.key, { entry, below: new Map(entry.below?.map((e) => [e.key, e])) }]),
    );
  }

  /** Why the text was not parsed. */
  get limit(): Problem | undefined {
    return this.#whole?.limit;
  }

  /** Whether its texts are printable ASCII: nothing else stands in the file, nor a `\` that could stand for it. */
  get isHarmless(): boolean {
    this.#isHarmless ??= !/[^\n\r -[\]-~]/.test(this.text);
    return this.#isHarmless;
  }

  /**
   * The value of the text.
   * @throws ReferenceError where it uses aliases too often.
   */
  get value(): unknown {
    if (this.#whole) return this.#whole.value;
    this.#value ??= record(
      this.entries.map((entry) => [
        entry.key,
        entry.below ? record(entry.below.map((child) => [child.key, entryValue(child)])) : entryValue(entry),
      ]),
    );
    return this.#value;
  }

  /**
   * The value of the text without the sections that were read entry by entry.
   * @throws ReferenceError where it uses aliases too often.
   */
  get head(): unknown {
    if (this.#whole) return this.#whole.value;
    this.#head ??= record(
      this.entries.filter(({ below }) => !below).map((entry) => [entry.key, entryValue(entry)]),
    );
    return this.#head;
  }

  /** Shows what stands in a section, in the order of the file. */
  eachIn(section: string, visit: (key: string, value: unknown) => void): void {
    const below = this.#index.get(section)?.entry.below;
    if (below) {
      for (const { key, part } of below) visit(key, part.valueAt(key));
      return;
    }
    const entries = (this.head as Readonly<Record<string, unknown>>)[section];
    if (typeof entries !== 'object' || entries === null) return;
    for (const [key, value] of Object.entries(entries)) visit(key, value);
  }

  position(offset: number): Position {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines.position(offset);
  }

  /** The node at a path; `undefined` when the path leaves the file. Aliases are not followed. */
  node(path: Path): Node | undefined {
    if (path.length > 0) return nodeBelow(this.#pairOf(path)?.value, this.#rest(path));
    if (this.#whole) return this.#whole.document.contents ?? undefined;
    return mapOf(this.entries.map(({ pair }) => pair));
  }

  /** The key-value pair at a path. */
  pair(path: Path): Pair | undefined {
    const key = path.at(-1);
    if (key === undefined) return undefined;
    if (this.#rest(path).length === 0) return this.#pairOf(path);
    const parent = this.node(path.slice(0, -1));
    return isMap(parent) ? pairIn(parent, key) : undefined;
  }

  /** Range of the key at a path, or of the list item. */
  keyRange(path: Path): Range | undefined {
    return this.#entryOf(path)?.keyRange(this.#rest(path));
  }

  /** Range of the value at a path; the key's where the value is empty. */
  valueRange(path: Path): Range | undefined {
    return this.#entryOf(path)?.valueRange(this.#rest(path)) ?? this.keyRange(path);
  }

  /** Position of the nearest part of a path that stands in the file; a missing attribute is at its element's key. */
  locate(path: Path): Position | undefined {
    for (let length = path.length; length > 0; length--) {
      const range = this.keyRange(path.slice(0, length));
      if (range) return this.position(range.start);
    }
    return undefined;
  }

  /** Path of the innermost key whose entry contains the offset. */
  pathAt(offset: number): Path {
    if (this.#whole) return pathBelow(this.#whole.document.contents, offset);
    const block = holding(this.entries, offset);
    const entry = block?.below && holding(block.below, offset);
    const inner = entry ?? block;
    if (!block || !inner) return [];
    const keys = entry ? [block.key, entry.key] : [block.key];
    return [...keys, ...pathBelow(inner.pair.value, offset)];
  }

  /** The entry that holds what stands at a path. */
  #entryOf(path: Path): Entry | undefined {
    const found = this.#index.get(String(path[0]));
    return found?.entry.below && path.length > 1 ? found.below.get(String(path[1])) : found?.entry;
  }

  /** The steps of a path below its entry. */
  #rest(path: Path): Path {
    return path.slice(path.length > 1 && this.#index.get(String(path[0]))?.entry.below ? 2 : 1);
  }

  #pairOf(path: Path): Pair | undefined {
    return this.#entryOf(path)?.pair;
  }
}

const entryValue = ({ part, key }: Entry): unknown => part.valueAt(key);

/** A record of many keys; without a prototype it is quick to make, and takes `__proto__` for a name. */
function record(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const result = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) result[key] = value;
  return result;
}

function holding(entries: readonly Entry[], offset: number): Entry | undefined {
  return entries.findLast((entry) => (entry.keyRange([])?.start ?? 0) <= offset);
}
