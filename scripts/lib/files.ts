import { existsSync, globSync } from 'node:fs';
import { join, sep } from 'node:path';

/** TypeScript files in `folders` below `base`, as sorted paths relative to `base` with forward slashes. */
export function sourceFiles(base: string, folders: readonly string[]): string[] {
  const patterns = folders
    .filter((folder) => existsSync(join(base, folder)))
    .map((folder) => `${folder}/**/*.{ts,tsx}`);
  return globSync(patterns, {
    cwd: base,
    exclude: (path) => /(^|\/)(node_modules|golden|fixture)$/.test(path),
  })
    .map((path) => path.split(sep).join('/'))
    .sort();
}
