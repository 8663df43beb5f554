import { diff3Merge } from 'node-diff3';

/**
 * Three-way merge by lines: what both `mine` and `theirs` changed since `base`. `undefined` when they changed the same
 * or neighbouring lines in different ways.
 */
export function mergeLines(mine: string, base: string, theirs: string): string | undefined {
  const lines: string[] = [];
  for (const region of diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), {
    excludeFalseConflicts: true,
  })) {
    if (!region.ok) return undefined;
    for (const line of region.ok) lines.push(line);
  }
  return lines.join('\n');
}

/** Whether every line break is CRLF, as git writes them on Windows. */
export const isCrlf = (text: string): boolean => text.includes('\r\n') && !/(?<!\r)\n/.test(text);
export const toLf = (text: string): string => text.replaceAll('\r\n', '\n');
export const toCrlf = (text: string): string => text.replaceAll('\n', '\r\n');
