import { stringify } from 'yaml';

/** Longest flow collection that is written on one line. */
const INLINE = 88;

/** A value in flow style on one line: `{ a: 1, b: [x, y] }`. Safe inside flow collections. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return entries.length === 0
      ? '{}'
      : `{ ${entries.map(([k, v]) => `${inline(k)}: ${inline(v)}`).join(', ')} }`;
  }
  return scalar(value, 'PLAIN');
}

/** A scalar in the given style where its content allows that. */
export function scalar(value: unknown, style: 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE'): string {
  // As the only item of a flow sequence, so that commas and brackets are quoted.
  const options = {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
    blockQuote: false,
    // Line breaks and control characters have no place between single quotes.
    defaultStringType:
      style === 'QUOTE_SINGLE' && /[^\x20-\x7e\xa0-\ufffd]/.test(String(value)) ? 'QUOTE_DOUBLE' : style,
  } as const;
  return stringify([value], options).trim().slice(1, -1);
}

/**
 * A text as a block literal, indented as the one that it replaces; undefined where that style would not give the text
 * back: it needs one line break at its end, and may not begin with a blank.
 */
export function literalLike(old: string, value: string): string | undefined {
  const indent = /^\|\r?\n(?:[^\S\n]*\r?\n)*( +)\S/.exec(old)?.[1];
  if (indent === undefined || !/^\S[\x20-\x7e\n\xa0-\u2027\u202a-\ud7ff]*\S\n$/.test(value)) return undefined;
  const end = old.includes('\r\n') ? '\r\n' : '\n';
  const lines = value.slice(0, -1).split('\n');
  return ['|', ...lines.map((line) => (line === '' ? '' : indent + line))].join(end);
}

/** Lines of a map in block style, each with the given indentation; what fits on a line stays in flow style. */
export function blockLines(value: Readonly<Record<string, unknown>>, indent: string, step = '  '): string[] {
  const lines: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const line = `${indent}${inline(key)}: ${inline(item)}`;
    if (line.length <= INLINE || !isCollection(item)) lines.push(line);
    else if (Array.isArray(item))
      lines.push(`${indent}${inline(key)}:`, ...item.map((entry) => `${indent}${step}- ${inline(entry)}`));
    else if (isRecord(item)) lines.push(`${indent}${inline(key)}:`, ...blockLines(item, indent + step, step));
  }
  return lines;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCollection = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0;
