import { isScalar } from 'yaml';
import { sections } from '../kinds/registry.ts';
import { PartCache } from './cache.ts';
import { limits } from './limits.ts';
import { duplicateKey, type Part } from './part.ts';
import { type Entry, type Misread, SourceMap } from './source.ts';
import { type Block, splitDocument } from './split.ts';

const splittable: ReadonlySet<string> = new Set([...sections, 'layout']);

/** UTF-16 units that hold fewer words and signs than the limit in any design that people write. */
const LARGE = 4_000_000;

/** The version of each document that was parsed last: what an edit has verified need not be parsed to be loaded. */
const latest = new WeakMap<PartCache, SourceMap>();

/**
 * Parses a text, entry by entry where its layout allows that: a version of it that differs in one entry costs one
 * entry. Never throws; what cannot be read is in `misread` and `limit`.
 */
export function parse(text: string, cache: PartCache = new PartCache()): SourceMap {
  const known = latest.get(cache);
  if (known?.text === text) return known;
  const source = parseParts(text, cache) ?? parseWhole(text, cache);
  cache.settle();
  latest.set(cache, source);
  return source;
}

function parseWhole(text: string, cache: PartCache): SourceMap {
  const part = cache.part(text);
  const entries = part.pairs.map((pair) => ({ key: keyText(pair.key), part, pair, offset: 0 }));
  return new SourceMap({ text, cache, entries, whole: part, misread: misreadIn(part, 0) });
}

/** @returns `undefined` when the parts could mean something else together than one by one. */
function parseParts(text: string, cache: PartCache): SourceMap | undefined {
  // The limits count over the whole of a text: one that may go beyond them is looked at whole.
  if (text.length > LARGE) return undefined;
  const blocks = splitDocument(text, (key) => splittable.has(key));
  if (!blocks || elementsIn(blocks) > limits.elements) return undefined;
  const misread: Misread[] = [];
  const read = (start: number, end: number, place: string): Entry | undefined => {
    const part = cache.part(text.slice(start, end), place);
    const pair = part.single;
    if (!pair || !isScalar(pair.key) || part.errors.some(({ code }) => code === 'BAD_ALIAS'))
      return undefined;
    misread.push(...misreadIn(part, start));
    return { key: keyText(pair.key), part, pair, offset: start };
  };
  const entries: Entry[] = [];
  for (const block of blocks) {
    const entry = read(block.start, block.entries[0]?.start ?? block.end, '');
    if (!entry) return undefined;
    const below: Entry[] = [];
    for (const { start, end } of block.entries) {
      const child = read(start, end, entry.key);
      if (!child) return undefined;
      below.push(child);
    }
    misread.push(...duplicatesIn(below));
    entries.push(below.length > 0 ? { ...entry, below } : entry);
  }
  misread.push(...duplicatesIn(entries));
  return new SourceMap({ text, cache, entries, misread });
}

const elementsIn = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { key, entries }) => (key === 'layout' ? sum : sum + entries.length), 0);

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

const misreadIn = (part: Part, offset: number): Misread[] => part.errors.map((error) => ({ error, offset }));

function duplicatesIn(entries: readonly Entry[]): Misread[] {
  const seen = new Set<string>();
  return entries.flatMap(({ key, pair, offset }) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ error: duplicateKey(isScalar(pair.key) ? pair.key.range : undefined), offset }];
  });
}
