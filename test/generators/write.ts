import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputTree } from '../../generators/index.ts';

/** Writes a tree into an empty folder. */
export function writeTree(folder: string, tree: OutputTree): void {
  for (const [path, { content }] of tree) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
