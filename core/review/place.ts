import { type ElementAddress, parseAddress } from '../design/design.ts';
import type { Path, Range, SourceMap } from '../text/source.ts';
import type { Place } from './report.ts';

/** Path of an element, or of an attribute below it, in the file. */
export function pathOf(at: ElementAddress, field?: string): Path {
  const address = parseAddress(at);
  return address ? [address.section, address.id, ...(field ? field.split('.') : [])] : [];
}

/**
 * Where a finding is marked: the whole `key: value` of an attribute on one line, or else the key of the nearest part
 * that stands in the file.
 */
export function placeOf(source: SourceMap, at: ElementAddress, field?: string): Place {
  const { start, end } = rangeAt(source, pathOf(at, field), field !== undefined);
  const { line, column } = source.position(start);
  const lineEnd = source.text.indexOf('\n', start);
  // Most stand on one line, and a look-up is for thousands of findings.
  if (lineEnd < 0 || end <= lineEnd) return { line, column, endLine: line, endColumn: column + end - start };
  const to = source.position(end);
  return { line, column, endLine: to.line, endColumn: to.column };
}

function rangeAt(source: SourceMap, path: Path, attribute: boolean): Range {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const key = source.keyRange(part);
    if (!key) continue;
    const value = attribute && length === path.length ? source.valueRange(part) : undefined;
    const whole =
      value && value.start >= key.start && !source.text.slice(key.start, value.end).includes('\n');
    return whole ? { start: key.start, end: value.end } : key;
  }
  return { start: 0, end: 0 };
}
