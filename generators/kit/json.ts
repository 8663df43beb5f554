import { LINE_WIDTH } from './layout.ts';

/** A JSON file, laid out as formatters do it: objects one key a line, arrays on one line where they fit. */
export const jsonFile = (value: unknown): string => `${json(value, 0, 0)}\n`;

/** A package.json, laid out as npm writes it back: every list broken. */
export const manifestFile = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function json(value: unknown, column: number, indent: number): string {
  if (Array.isArray(value)) return array(value, column, indent);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = ' '.repeat(indent + 2);
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => {
      const start = `${inner}${JSON.stringify(key)}: `;
      return start + json(item, start.length, indent + 2);
    });
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${' '.repeat(indent)}}`;
}

function array(value: readonly unknown[], column: number, indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const items = value.map((item) => json(item, indent + 2, indent + 2));
  const line = `[${items.join(', ')}]`;
  const nested = value.length > 1 && value.every((item) => Array.isArray(item) && item.length > 1);
  if (!line.includes('\n') && !nested && column + line.length + 1 <= LINE_WIDTH) return line;
  const lines = value.every((item) => typeof item === 'number') ? filled(items, inner.length) : items;
  return `[\n${lines.map((item) => inner + item).join(',\n')}\n${' '.repeat(indent)}]`;
}

/** Numbers share lines: as many as fit. */
function filled(items: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + item.length + 3 <= LINE_WIDTH)
      lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(item);
  }
  return lines;
}
