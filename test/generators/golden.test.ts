import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exampleText, generated } from './support.ts';
import { writeTree } from './write.ts';

/** Workspaces as they were reviewed; `UPDATE_GOLDEN=1` writes them anew. The copied library is compared elsewhere. */
const workspaces = fileURLToPath(new URL('../golden/workspaces', import.meta.url));

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

test.each([
  'bookings',
  'clickstream',
  'event-log',
  'fulfilment',
  'ledger',
  'orders',
  'parcels',
  'thumbnails',
  'work-queue',
])('the workspace of %s is the reviewed one', (name) => {
  const folder = join(workspaces, name);
  const tree = new Map(
    [...generated(exampleText(name))].filter(
      ([path]) => !/^(messaging\/.*\.ts|workers\/messaging\/.*\.py)$/.test(path),
    ),
  );
  if (process.env['UPDATE_GOLDEN'] === '1') {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeTree(folder, tree);
  }
  expect([...tree.keys()].sort()).toEqual(filesBelow(folder));
  for (const [path, { content }] of tree)
    expect(content, path).toBe(readFileSync(join(folder, path), 'utf8'));
});
