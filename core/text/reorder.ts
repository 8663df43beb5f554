import type { Node, Pair, YAMLMap } from 'yaml';
import { pairEnd } from './flow.ts';
import { contentEnd, lineBreakOf, lineStart, nextLine, startsLine } from './lines.ts';
import { keyText, rangeOf } from './nodes.ts';
import type { TextEdit } from './patch.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Puts the entries of a map into the order of their ranks. What stands between entries, such as blank lines, stays
 * between them; a map whose entries cannot be told apart by lines or commas stays as it is.
 */
export function reorder(text: string, map: YAMLMap, rank: (key: string) => number): TextEdit[] {
  const order = map.items
    .map((pair, index) => ({ index, rank: rank(keyText(pair)) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index);
  if (order.every((from, to) => from === to)) return [];
  const stretches = map.flow ? flowStretches(text, map) : blockStretches(text, map);
  return stretches ? [permuted(text, stretches, order, !map.flow)] : [];
}

function flowStretches(text: string, { items }: YAMLMap): Stretch[] | undefined {
  const stretches = items.map((pair) => ({ start: rangeOf(pair.key)?.start ?? 0, end: pairEnd(text, pair) }));
  const all = text.slice(stretches[0]?.start, stretches.at(-1)?.end);
  return all.includes('#') || items.some(({ key }) => hasAnchor(key)) ? undefined : stretches;
}

function blockStretches(text: string, { items }: YAMLMap): Stretch[] | undefined {
  let from = 0;
  const stretches: Stretch[] = [];
  for (const pair of items) {
    const key = rangeOf(pair.key)?.start ?? 0;
    if (!startsLine(text, key) || hasAnchor(pair.key)) return undefined;
    const start = commentsAbove(text, lineStart(text, key), key - lineStart(text, key), from);
    from = linesBelow(text, pair, key - lineStart(text, key));
    stretches.push({ start, end: from });
  }
  return stretches;
}

const hasAnchor = (key: unknown): boolean => (key as Node & { anchor?: string }).anchor !== undefined;

/** Start of the comments right above a line, at its column; not before `from`. */
function commentsAbove(text: string, line: number, column: number, from: number): number {
  let start = line;
  while (start > from) {
    const above = lineStart(text, start - 1);
    const [, indent] = /^( *)#/.exec(text.slice(above, start)) ?? [];
    if (above < from || indent?.length !== column) break;
    start = above;
  }
  return start;
}

/** End of the lines of an entry, with the comments below that are indented like what is in it. */
function linesBelow(text: string, pair: Pair, column: number): number {
  let end = nextLine(text, contentEnd(text, pair.value as Node | null, pair));
  for (;;) {
    const next = nextLine(text, end);
    const [, indent = ''] = /^( *)#/.exec(text.slice(end, next)) ?? [];
    if (indent.length <= column || next === end) return end;
    end = next;
  }
}

function permuted(
  text: string,
  stretches: readonly Stretch[],
  order: readonly number[],
  lines: boolean,
): TextEdit {
  const offset = stretches[0]?.start ?? 0;
  const end = stretches.at(-1)?.end ?? 0;
  const lineBreak = lineBreakOf(text);
  const part = (index: number): string => {
    const { start = 0, end: to = 0 } = stretches[index] ?? {};
    const body = text.slice(start, to);
    return lines && !body.endsWith('\n') ? body + lineBreak : body;
  };
  const gap = (index: number): string => text.slice(stretches[index]?.end, stretches[index + 1]?.start);
  let inserted = order.map((from, to) => part(from) + (to < order.length - 1 ? gap(to) : '')).join('');
  const removed = text.slice(offset, end);
  if (lines && !removed.endsWith('\n')) inserted = inserted.slice(0, -lineBreak.length);
  return { offset, removed, inserted };
}
