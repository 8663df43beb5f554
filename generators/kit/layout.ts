/** Longest line that is written, in characters; the formatter of generated workspaces is set to the same. */
export const LINE_WIDTH = 110;

/**
 * A bracketed list on one line where it fits, else one item a line with a trailing comma.
 * @param column where the opening bracket stands, counted from 0
 * @param indent indentation of the line that it stands on
 * @param after characters that follow the closing bracket on its line
 */
export function bracketed(
  items: readonly string[],
  [open, close]: readonly [string, string],
  {
    column,
    indent,
    after = 1,
  }: { readonly column: number; readonly indent: number; readonly after?: number },
): string {
  const padding = open === '{' && items.length > 0 ? ' ' : '';
  const line = `${open}${padding}${items.join(', ')}${padding}${close}`;
  if (!line.includes('\n') && column + line.length + after <= LINE_WIDTH) return line;
  const inner = ' '.repeat(indent + 2);
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
}
