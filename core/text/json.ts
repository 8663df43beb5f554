import { isRecord } from './render.ts';

/** Longest line, in characters. */
const WIDTH = 76;

/** A value as JSON that people read: what fits on a line stands on one, the outermost braces apart. */
export const jsonText = (value: unknown): string => `${lines(value, '', 0, true)}\n`;

function lines(value: unknown, indent: string, before: number, isRoot = false): string {
  const entries: readonly [key: string, value: unknown][] = Array.isArray(value)
    ? value.map((item) => ['', item])
    : isRecord(value)
      ? Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}: `, item])
      : [];
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (entries.length === 0) return JSON.stringify(value) ?? 'null';
  const line = inline(value);
  if (!isRoot && before + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const items = entries.map(
    ([key, item]) => `${inner}${key}${lines(item, inner, inner.length + key.length)}`,
  );
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
