import { isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';

/** Path of keys into a design file, such as `['queues', 'email', 'deadLetter']`; list items by index. */
export type Path = readonly (string | number)[];

/** Offsets `[start, end)` in the text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function rangeOf(node: unknown): Range | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}

export const keyText = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** Maps with more keys than this are searched through an index. */
const FEW = 16;
const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** The pair of a key. */
export function pairIn(map: YAMLMap, key: string | number): Pair | undefined {
  if (map.items.length <= FEW) return map.items.find((pair) => keyText(pair) === String(key));
  let index = indexes.get(map);
  if (!index) {
    index = new Map(map.items.map((pair) => [keyText(pair), pair]));
    indexes.set(map, index);
  }
  return index.get(String(key));
}

/** The node at a path below a node. Aliases are not followed. */
export function nodeBelow(node: unknown, path: Path): Node | undefined {
  for (const step of path) {
    if (isMap(node)) node = pairIn(node, step)?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return undefined;
  }
  return (node as Node | null) ?? undefined;
}

/** Ranges of a key, or of a list item, below a pair and of its value; `undefined` where nothing stands there. */
export function placesBelow(
  pair: Pair | undefined,
  path: Path,
): { readonly key: Range | undefined; readonly value: Range | undefined } | undefined {
  const step = path.at(-1);
  const parent = nodeBelow(pair?.value, path.slice(0, -1));
  const found = step === undefined ? pair : isMap(parent) ? pairIn(parent, step) : undefined;
  if (found) return { key: rangeOf(found.key), value: rangeOf(found.value) };
  const item = isSeq(parent) ? rangeOf(parent.items[Number(step)]) : undefined;
  return item && { key: item, value: item };
}

/** Steps from a node to the innermost key whose entry holds the offset. */
export function pathBelow(node: unknown, offset: number): Path {
  const path: (string | number)[] = [];
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

/** A copy of a pair whose ranges count from `by` characters earlier. */
export function moved(pair: Pair, by: number): Pair {
  const copy = pair.clone();
  shift(copy, by);
  return copy;
}

function shift(node: unknown, by: number): void {
  if (isPair(node)) {
    shift(node.key, by);
    shift(node.value, by);
    return;
  }
  const { range } = (node ?? {}) as Node;
  if (range) (node as Node).range = [range[0] + by, range[1] + by, range[2] + by];
  if (isCollection(node)) for (const item of node.items) shift(item, by);
}
