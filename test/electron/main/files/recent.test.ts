import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecentFiles } from '../../../../electron/main/files/recent.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-recent-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the newest comes first, once; one is taken off on request; the list is kept', async () => {
  const recent = new RecentFiles(join(folder, 'data', 'recent.json'));
  for (const path of ['/a', '/b', '/c', '/a']) await recent.add(path);
  expect(await recent.list()).toEqual(['/a', '/c', '/b']);
  await recent.remove('/c');
  await recent.remove('/never-there');
  expect(await new RecentFiles(join(folder, 'data', 'recent.json')).list()).toEqual(['/a', '/b']);
});

test('changes that are asked for at once are all made', async () => {
  const recent = new RecentFiles(join(folder, 'recent.json'));
  await Promise.all([recent.add('/a'), recent.add('/b'), recent.remove('/a'), recent.add('/c')]);
  expect(await recent.list()).toEqual(['/c', '/b']);
});
