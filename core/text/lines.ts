import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { rangeOf } from './source.ts';

/** The line break of a text: that of its first line. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Offset where the line begins that holds `offset`. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Offset of the line break, or of the end of the text, after `offset`; before the CR of a CRLF. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset after the line break that follows `offset`. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Whether only white space stands between the start of the line and `offset`. */
export const startsLine = (text: string, offset: number): boolean =>
  /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));

/** Offset of the colon after a key. */
export function colonAfter(text: string, pair: Pair): number {
  const end = rangeOf(pair.key)?.end ?? 0;
  return text.indexOf(':', end);
}

/**
 * Where the content of a node ends: the last scalar or bracket in it. Ranges of block collections reach over the
 * comments and blank lines behind them, which belong to what follows.
 */
export function contentEnd(text: string, node: Node | null | undefined, pair?: Pair): number {
  if (node && (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1);
    return isPair(last) ? contentEnd(text, last.value as Node | null, last) : contentEnd(text, last as Node);
  }
  const empty = !node || (isScalar(node) && !isAlias(node) && node.value === null && node.source === '');
  if (empty) return pair ? colonAfter(text, pair) + 1 : (rangeOf(node)?.end ?? 0);
  const end = rangeOf(node)?.end ?? 0;
  // Block scalars end behind their last line break.
  return text[end - 1] === '\n' ? end - (text[end - 2] === '\r' ? 2 : 1) : end;
}
