import { sections } from '../kinds/registry.ts';
import { PartCache } from './cache.ts';
import { Entry } from './entry.ts';
import { limits } from './limits.ts';
import { keyText } from './nodes.ts';
import { duplicateKey, type Part } from './part.ts';
import { type Misread, SourceMap } from './source.ts';
import { type Block, type Stretch, splitDocument } from './split.ts';

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
  const entries = part.pairs.map((pair) => new Entry({ key: keyText(pair), part, pair, offset: 0 }));
  return new SourceMap({ text, cache, entries, whole: part, misread: misreadIn(part, 0) });
}

/** @returns `undefined` when the parts could mean something else together than one by one. */
function parseParts(text: string, cache: PartCache): SourceMap | undefined {
  // The limits count over the whole of a text: one that may go beyond them is looked at whole.
  if (text.length > LARGE) return undefined;
  const blocks = splitDocument(text, (key) => splittable.has(key));
  if (!blocks || elementsIn(blocks) > limits.elements) return undefined;
  const misread: Misread[] = [];
  /** The part of a stretch, if it is one key. */
  const read = ({ start, end }: Stretch, place: string): (Part & { readonly key: string }) | undefined => {
    const part = cache.part(text.slice(start, end), place);
    if (part.key === undefined || part.errors.some(({ code }) => code === 'BAD_ALIAS')) return undefined;
    misread.push(...misreadIn(part, start));
    return part as Part & { readonly key: string };
  };
  const entries: Entry[] = [];
  for (const block of blocks) {
    const part = read({ start: block.start, end: block.entries[0]?.start ?? block.end }, '');
    if (!part) return undefined;
    const below: Entry[] = [];
    for (const stretch of block.entries) {
      const child = read(stretch, part.key);
      if (!child) return undefined;
      below.push(new Entry({ key: child.key, part: child, offset: stretch.start }));
    }
    misread.push(...duplicatesIn(below));
    const { key } = part;
    entries.push(new Entry({ key, part, offset: block.start, ...(below.length > 0 ? { below } : {}) }));
  }
  misread.push(...duplicatesIn(entries));
  return new SourceMap({ text, cache, entries, misread });
}

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
