import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OutputTree } from '../../disk/index.ts';

/** A folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'loom-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A tree of generated files; a name ending in `!` is a file of the user. */
export const treeOf = (files: Readonly<Record<string, string>>): OutputTree =>
  new Map(
    Object.entries(files).map(([name, content]) => [
      name.replace(/!$/, ''),
      { content, ownership: name.endsWith('!') ? 'yours' : 'generated' },
    ]),
  );

/** All files below a folder with their text, without the bookkeeping. */
export async function filesIn(folder: string, skip = '.brokerloom'): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll('\\', '/');
    if (entry.isFile() && !name.startsWith(skip)) found[name] = await readFile(path, 'utf8');
  }
  return found;
}
