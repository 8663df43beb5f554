import { isMap, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { removeFromFlow } from './flow.ts';
import { contentEnd, lineEnd, lineStart, nextLine, startsLine } from './lines.ts';
import type { TextEdit } from './patch.ts';
import { rangeOf } from './source.ts';

/** Removes an entry of a map or list together with the rest of its last line; comments above it stay. */
export function removeEntry(text: string, parent: YAMLMap | YAMLSeq, index: number): TextEdit {
  const items = parent.items as readonly (Pair | Node)[];
  const item = items[index];
  if (item === undefined) throw new Error('the entry was looked up before');
  return parent.flow ? removeFromFlow(text, parent, index) : removeLines(text, parent, index);
}

function removeLines(text: string, parent: YAMLMap | YAMLSeq, index: number): TextEdit {
  const item = parent.items[index] as Pair | Node;
  const content = startOf(item);
  // A list item begins at its dash.
  const start = isMap(parent) ? keyStart(text, content) : text.lastIndexOf('-', content - 1);
  const end = endOf(text, parent, item);
  if (!startsLine(text, start)) {
    // The first key behind a dash: the next key takes its place.
    const next = parent.items[index + 1] as Pair | Node | undefined;
    return cut(text, start, next ? startOf(next) : lineEnd(text, end));
  }
  const from = lineStart(text, start);
  const to = nextLine(text, end);
  // The last line of a file without a final line break takes the break before it.
  return to === text.length && text[to - 1] !== '\n' && from > 0
    ? cut(text, lineEnd(text, from - (text[from - 2] === '\r' ? 2 : 1)), to)
    : cut(text, from, to);
}

/** Where a key begins: at the question mark of an explicit one. */
function keyStart(text: string, key: number): number {
  const before = text.slice(lineStart(text, key), key);
  return key - (/^ *(\? +)$/.exec(before)?.[1]?.length ?? 0);
}

const startOf = (item: Pair | Node): number => rangeOf('key' in item ? item.key : item)?.start ?? 0;
const endOf = (text: string, parent: YAMLMap | YAMLSeq, item: Pair | Node): number =>
  isMap(parent)
    ? contentEnd(text, (item as Pair).value as Node | null, item as Pair)
    : contentEnd(text, item as Node);
const cut = (text: string, from: number, to: number): TextEdit => ({
  offset: from,
  removed: text.slice(from, to),
  inserted: '',
});
