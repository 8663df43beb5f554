import { type Document, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Position } from '../result.ts';
import { LineIndex } from './position.ts';

/** Path of keys into a design file, such as `['queues', 'email', 'deadLetter']`; list items by index. */
export type Path = readonly (string | number)[];

/** Offsets `[start, end)` in the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where every part of a parsed file stands in its text. */
export class SourceMap {
  readonly text: string;
  readonly document: Document.Parsed;
  #lines: LineIndex | undefined;

  constructor(text: string, document: Document.Parsed) {
    this.text = text;
    this.document = document;
  }

  position(offset: number): Position {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines.position(offset);
  }

  /** The node at a path; `undefined` when the path leaves the file. Aliases are not followed. */
  node(path: Path): Node | undefined {
    let node: unknown = this.document.contents;
    for (const step of path) {
      if (isMap(node)) node = this.#pairIn(node, step)?.value;
      else if (isSeq(node)) node = node.items[Number(step)];
      else return undefined;
    }
    return (node as Node | null) ?? undefined;
  }

  /** The key-value pair at a path. */
  pair(path: Path): Pair | undefined {
    const parent = this.node(path.slice(0, -1));
    const key = path.at(-1);
    return isMap(parent) && key !== undefined ? this.#pairIn(parent, key) : undefined;
  }

  /** Range of the key at a path, or of the list item. */
  keyRange(path: Path): Range | undefined {
    const pair = this.pair(path);
    return pair ? rangeOf(pair.key) : rangeOf(this.node(path));
  }

  /** Range of the value at a path; the key's where the value is empty. */
  valueRange(path: Path): Range | undefined {
    return rangeOf(this.node(path)) ?? this.keyRange(path);
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
    const path: (string | number)[] = [];
    let node: unknown = this.document.contents;
    descend: for (;;) {
      const items: readonly unknown[] = isMap(node) || isSeq(node) ? node.items : [];
      for (const [index, item] of items.entries()) {
        const key = isPair(item) ? item.key : item;
        const value = isPair(item) ? item.value : item;
        const start = rangeOf(key)?.start ?? Number.POSITIVE_INFINITY;
        const end = (value as Node | null)?.range?.[2] ?? (key as Node | null)?.range?.[2] ?? -1;
        if (offset < start || offset >= end) continue;
        path.push(isPair(item) ? keyText(item) : index);
        node = value;
        continue descend;
      }
      return path;
    }
  }

  #pairIn(map: YAMLMap, key: string | number): Pair | undefined {
    return map.items.find((pair) => keyText(pair) === String(key));
  }
}

const keyText = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

export function rangeOf(node: unknown): Range | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
