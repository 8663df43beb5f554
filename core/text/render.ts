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
