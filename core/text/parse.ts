import { sections } from '../kinds/registry.ts';
import { PartCache } from './cache.ts';
import { Entry } from './entry.ts';
import { limits } from './limits.ts';
import { keyText } from './nodes.ts';
import { duplicateKey, type Part } from './part.ts';
import { type Misread, SourceMap } from './source.ts';
import { type Block, type Stretch, splitDocument } from './split.ts';

const splittable: ReadonlySet<string> = new Set([...sections, 'layout']);

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
  const entries = part.pairs.map((pair) => new Entry({ key: keyText(pair), part, pair, offset: 0 }));
  return new SourceMap({ text, cache, entries, whole: part, misread: misreadIn(part, 0) });
}

/** @returns `undefined` when the parts could mean something else together than one by one. */
function parseParts(text: string, cache: PartCache): SourceMap | undefined {
  const blocks = splitDocument(text, (key) => splittable.has(key));
  if (!blocks || elementsIn(blocks) > limits.elements) return undefined;
  const partOf = ({ start, end }: Stretch, place: string): Part => cache.part(text.slice(start, end), place);
  const parts = blocks.map(({ key = '', start, end, entries }) => ({
    start,
    part: partOf({ start, end: entries[0]?.start ?? end }, ''),
    below: entries.map((entry) => ({ start: entry.start, part: partOf(entry, key) })),
  }));
  // The limit counts over the whole of a text: one that goes beyond it is looked at whole.
  const all = parts.flatMap(({ part, below }) => [part, ...below.map((child) => child.part)]);
  let tokens = 0;
  for (const part of all) {
    tokens += part.tokens;
    if (tokens > limits.tokens) return undefined;
  }
  if (!all.every(isOneKey)) return undefined;

  const misread: Misread[] = [];
  const entries: Entry[] = [];
  for (const { start, part, below } of parts) {
    misread.push(...misreadIn(part, start));
    const children = below.map((child) => {
      misread.push(...misreadIn(child.part, child.start));
      return new Entry({ key: child.part.key ?? '', part: child.part, offset: child.start });
    });
    misread.push(...duplicatesIn(children));
    const entry = { key: part.key ?? '', part, offset: start };
    entries.push(new Entry(children.length > 0 ? { ...entry, below: children } : entry));
  }
  misread.push(...duplicatesIn(entries));
  return new SourceMap({ text, cache, entries, misread });
}

/** Whether a part means by itself what it means in its place. */
const isOneKey = ({ key, errors }: Part): boolean =>
  key !== undefined && errors.every(({ code }) => code !== 'BAD_ALIAS');

const elementsIn = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { key, entries }) => (key === 'layout' ? sum : sum + entries.length), 0);

const misreadIn = (part: Part, offset: number): Misread[] => part.errors.map((error) => ({ error, offset }));

function duplicatesIn(entries: readonly Entry[]): Misread[] {
  const seen = new Set<string>();
  const found: Misread[] = [];
  for (const entry of entries) {
    const at = seen.has(entry.key) ? entry.keyRange([]) : undefined;
    if (at) found.push({ error: duplicateKey([at.start, at.end]), offset: 0 });
    seen.add(entry.key);
  }
  return found;
}
