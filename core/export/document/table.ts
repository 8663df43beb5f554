import { code } from '../../review/formats/markdown.ts';

/** A table; cells are Markdown already. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** A value of a design in a cell; what is missing is a dash. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value !== 'object') return inCell(String(value));
  return Object.entries(value)
    .map(([key, part]) => `${key} ${valueText(part)}`)
    .join(', ');
}

const inCell = (text: string): string =>
  code(text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|'));
