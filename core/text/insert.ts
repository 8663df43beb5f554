import { isMap, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { sections } from '../kinds/registry.ts';
import { valueAt } from './apply.ts';
import { holdsComment, insertInFlow } from './flow.ts';
import { colonAfter, contentEnd, lineBreakOf, lineEnd, lineStart, startsLine } from './lines.ts';
import type { TextEdit } from './patch.ts';
import { blockLines, inline, isRecord } from './render.ts';
import { type Path, rangeOf, type SourceMap } from './source.ts';

/** Sections whose elements are written on one line, as their attributes are few. */
const ONE_LINE: ReadonlySet<string | number | undefined> = new Set(['bindings', 'alerts', 'layout']);

/** Longest line that an element is written on, in characters. */
const LONGEST = 100;

/** Inserts a key that a map does not have yet. `path` is that of the new key. */
export function insertKey(source: SourceMap, map: YAMLMap, path: Path, value: unknown): TextEdit[] {
  const key = String(path.at(-1));
  if (map.flow) {
    if (map.items.length === 0 && path.length === 2 && !holdsComment(source.text, map))
      return [openSection(source, path, value)];
    const opened = path.length === 3 && openElement(source, map, path, value);
    return opened ? [opened] : insertInFlow(source.text, map, `${inline(key)}: ${inline(value)}`);
  }
  const after = predecessor(map, path);
  const first = map.items[0];
  const column = first ? indentOf(source.text, first) : '';
  const lines = entryLines(path, value, column, stepOf(source.text), map);
  if (path.length === 1) return [insertSection(source, after, lines)];
  return [after ? afterPair(source.text, after, lines) : beforePair(source.text, first, lines)];
}

/**
 * Writes an element in lines that would grow too long on one. Only one that reads as it would be written here: numbers,
 * quotes and comments that somebody wrote otherwise stay.
 */
function openElement(source: SourceMap, map: YAMLMap, path: Path, value: unknown): TextEdit | undefined {
  const { text } = source;
  const pair = source.pair(path.slice(0, -1));
  const range = rangeOf(map);
  const start = rangeOf(pair?.key)?.start ?? 0;
  if (!pair || !range || !startsLine(text, start) || lineEnd(text, range.end) !== range.end) return undefined;
  const old = valueAt(source.value, path.slice(0, -1)) as Readonly<Record<string, unknown>>;
  const element = { ...old, [String(path.at(-1))]: value };
  const indent = text.slice(lineStart(text, start), start);
  const length = range.start - lineStart(text, start) + inline(element).length;
  if (length <= LONGEST || inline(old) !== text.slice(range.start, range.end)) return undefined;
  const colon = colonAfter(text, pair) + 1;
  const step = stepOf(text);
  const lines = ['', ...blockLines(element, indent + step, step)];
  return { offset: colon, removed: text.slice(colon, range.end), inserted: lines.join(lineBreakOf(text)) };
}

/** Inserts the first child below a key whose value is empty. */
export function insertBelowEmpty(source: SourceMap, pair: Pair, path: Path, value: unknown): TextEdit {
  const { text } = source;
  const step = stepOf(text);
  const indent = indentOf(text, pair);
  if (pair.value) return afterPair(text, pair, entryLines(path, value, indent + step, step));
  // An explicit key that has no colon yet.
  const end = lineEnd(text, rangeOf(pair.key)?.end ?? 0);
  return insertion(end, joined(text, [`${indent}: ${inline({ [String(path.at(-1))]: value })}`]));
}

/** Appends an item to a list. */
export function appendItem(source: SourceMap, list: YAMLSeq, value: unknown): TextEdit[] {
  const { text } = source;
  if (list.flow || list.items.length === 0) return insertInFlow(text, list, inline(value));
  const start = rangeOf(list)?.start ?? 0;
  const indent = text.slice(lineStart(text, start), start);
  const end = lineEnd(text, contentEnd(text, list as Node));
  return [insertion(end, `${lineBreakOf(text)}${indent}- ${inline(value)}`)];
}

/** Lines of a new entry: elements in block style unless their section, or their neighbours, are written on one line. */
function entryLines(path: Path, value: unknown, indent: string, step: string, siblings?: YAMLMap): string[] {
  const key = inline(String(path.at(-1)));
  if (path.length === 1 && isRecord(value)) {
    return [
      `${key}:`,
      ...Object.entries(value).flatMap(([id, child]) => entryLines([...path, id], child, step, step)),
    ];
  }
  if (path.length === 2 && isRecord(value) && Object.keys(value).length > 0) {
    const last = siblings?.items.at(-1)?.value;
    const oneLine = last ? isMap(last) && last.flow === true : ONE_LINE.has(path[0]);
    if (!oneLine) return [`${indent}${key}:`, ...blockLines(value, indent + step, step)];
  }
  const line = `${indent}${key}: ${inline(value)}`;
  return line.length > LONGEST ? blockLines({ [String(path.at(-1))]: value }, indent, step) : [line];
}

/** The pair behind which a new key belongs; `undefined` = before the first. Sections and `layout` are kept in order. */
function predecessor(map: YAMLMap, path: Path): Pair | undefined {
  const key = String(path.at(-1));
  if (path.length === 1) {
    const order = ['brokerloom', 'design', ...sections, 'layout'];
    const rank = (pair: Pair): number => order.indexOf(String(pair.key));
    const mine = order.indexOf(key);
    return map.items.findLast((pair) => rank(pair) < mine && rank(pair) >= 0) ?? map.items.at(-1);
  }
  if (path[0] === 'layout') return map.items.findLast((pair) => String(pair.key) < key);
  return map.items.at(-1);
}

function openSection(source: SourceMap, path: Path, value: unknown): TextEdit {
  const { text } = source;
  const pair = source.pair(path.slice(0, -1));
  const range = source.valueRange(path.slice(0, -1));
  if (!pair || !range) throw new Error('a section that was found has a range');
  const colon = colonAfter(text, pair) + 1;
  const step = stepOf(text);
  const lines = entryLines(path, value, step, step);
  return { offset: colon, removed: text.slice(colon, range.end), inserted: joined(text, lines) };
}

function insertSection(source: SourceMap, after: Pair | undefined, lines: readonly string[]): TextEdit {
  const { text } = source;
  const edit = afterPair(text, after, lines);
  return { ...edit, inserted: lineBreakOf(text) + edit.inserted };
}

function afterPair(text: string, pair: Pair | undefined, lines: readonly string[]): TextEdit {
  const end = pair ? lineEnd(text, contentEnd(text, pair.value as Node | null, pair)) : text.length;
  return insertion(end, joined(text, lines));
}

function beforePair(text: string, pair: Pair | undefined, lines: readonly string[]): TextEdit {
  const start = lineStart(text, rangeOf(pair?.key)?.start ?? text.length);
  return insertion(start, lines.map((line) => line + lineBreakOf(text)).join(''));
}

/** White space before a pair; that of the question mark where the key is an explicit one. */
function indentOf(text: string, pair: Pair): string {
  const start = rangeOf(pair.key)?.start ?? 0;
  const before = text.slice(lineStart(text, start), start);
  return /^( *)\? +$/.exec(before)?.[1] ?? ' '.repeat(before.length);
}

/** By how much the text indents: as its first indented line does. */
const stepOf = (text: string): string => /^( {1,8})[^\s#-]/m.exec(text)?.[1] ?? '  ';

const joined = (text: string, lines: readonly string[]): string =>
  lines.map((line) => lineBreakOf(text) + line).join('');
const insertion = (offset: number, inserted: string): TextEdit => ({ offset, removed: '', inserted });
