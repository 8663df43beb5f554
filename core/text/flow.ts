import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { contentEnd, lineBreakOf, lineEnd, lineStart, nextLine, startsLine } from './lines.ts';
import type { TextEdit } from './patch.ts';
import { rangeOf } from './source.ts';

type Collection = YAMLMap | YAMLSeq;

/** Adds an entry behind the last one of a flow collection; on a line of its own where the last one has one. */
export function insertInFlow(text: string, collection: Collection, entry: string): TextEdit[] {
  const { start, end: behind } = rangeOf(collection) ?? { start: 0, end: 0 };
  const close = behind - 1;
  const last = collection.items.at(-1) as Pair | Node | undefined;
  if (last === undefined) {
    if (holdsComment(text, collection)) return [insertion(...lineAbove(text, start, close, entry))];
    const padded = isSeq(collection) ? entry : ` ${entry} `;
    return [{ offset: start + 1, removed: text.slice(start + 1, close), inserted: padded }];
  }
  const end = endOf(text, collection, last);
  const comma = COMMA.exec(text.slice(end, close))?.[0];
  const from = end + (comma?.length ?? 0);
  const lineTo = lineEnd(text, from);
  if (!startsLine(text, startOf(last)) || lineTo >= close)
    return [insertion(from, comma ? ` ${entry}` : `, ${entry}`)];
  const indent = text.slice(lineStart(text, startOf(last)), startOf(last));
  const line = `${lineBreakOf(text)}${indent}${entry}`;
  if (comma) return [insertion(lineTo, `${line},`)];
  return lineTo === end ? [insertion(end, `,${line}`)] : [insertion(end, ','), insertion(lineTo, line)];
}

/** Where a line goes that is to stand above the closing bracket, and the line. */
function lineAbove(text: string, start: number, close: number, entry: string): [number, string] {
  const at = lineEnd(text, text.lastIndexOf('\n', close - 1) - 1);
  const indent = /\n([ \t]*)#/.exec(text.slice(start, close))?.[1] ?? '  ';
  return [at, `${lineBreakOf(text)}${indent}${entry}`];
}

/** Removes an entry of a flow collection; comments that are not behind it stay. */
export function removeFromFlow(text: string, collection: Collection, index: number): TextEdit {
  const items = collection.items as readonly (Pair | Node)[];
  const item = items[index] as Pair | Node;
  const previous = items[index - 1];
  const next = items[index + 1];
  const start = startOf(item);
  const end = endOf(text, collection, item);
  const behind = end + (COMMA.exec(text.slice(end))?.[0].length ?? 0);
  const close = (rangeOf(collection)?.end ?? 0) - 1;
  if (startsLine(text, start) && lineEnd(text, behind) < close && REST.test(restOfLine(text, behind)))
    return cut(text, lineStart(text, start), nextLine(text, behind));
  const [from, to] = previous
    ? [endOf(text, collection, previous), end]
    : [next ? start : (rangeOf(collection)?.start ?? 0) + 1, next ? startOf(next) : close];
  return text.slice(from, to).includes('#') ? cut(text, start, behind) : cut(text, from, to);
}

/** Gives a key of a flow map that has no value one. */
export function fillInFlow(text: string, pair: Pair, value: string): TextEdit {
  const end = rangeOf(pair.key)?.end ?? 0;
  const colon = /^\s*:/.exec(text.slice(end))?.[0];
  return colon ? insertion(end + colon.length, ` ${value}`) : insertion(end, `: ${value}`);
}

/** Whether a collection without entries holds a comment. */
export const holdsComment = (text: string, collection: Collection): boolean => {
  const { start, end } = rangeOf(collection) ?? { start: 0, end: 0 };
  return text.slice(start, end).includes('#');
};

const COMMA = /^\s*,/;
/** What may stand behind an entry that is removed with its line. */
const REST = /^[ \t]*(?:#.*)?$/;

const restOfLine = (text: string, offset: number): string => text.slice(offset, lineEnd(text, offset));
const startOf = (item: Pair | Node): number => rangeOf('key' in item ? item.key : item)?.start ?? 0;
const endOf = (text: string, parent: Collection, item: Pair | Node): number =>
  isMap(parent) ? pairEnd(text, item as Pair) : contentEnd(text, item as Node);

/** Where a pair of a flow map ends; a key without value ends at the key. */
export function pairEnd(text: string, pair: Pair): number {
  return pair.value ? contentEnd(text, pair.value as Node, pair) : (rangeOf(pair.key)?.end ?? 0);
}

const insertion = (offset: number, inserted: string): TextEdit => ({ offset, removed: '', inserted });
const cut = (text: string, from: number, to: number): TextEdit => ({
  offset: from,
  removed: text.slice(from, to),
  inserted: '',
});
