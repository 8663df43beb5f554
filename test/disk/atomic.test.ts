import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomic, writeNew } from '../../disk/atomic.ts';
import { temporaryFolder } from './support.ts';

test('replaces the content, keeps the mode, leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.yaml');
  await writeFile(path, 'old');
  await chmod(path, 0o640);
  expect(await writeAtomic(path, 'new')).toEqual({ ok: true, value: undefined });
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['a.yaml']);
});

test('writes through a symbolic link', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'real.yaml'), 'old');
  await symlink('real.yaml', join(folder, 'link.yaml'));
  await writeAtomic(join(folder, 'link.yaml'), 'new');
  expect(await readlink(join(folder, 'link.yaml'))).toBe('real.yaml');
  expect(await readFile(join(folder, 'real.yaml'), 'utf8')).toBe('new');
});

test('reports a target that cannot be replaced and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'a.yaml'));
  expect(await writeAtomic(join(folder, 'a.yaml'), 'new')).toMatchObject({
    ok: false,
    error: { code: 'LOOM_IO' },
  });
  expect(await readdir(folder)).toEqual(['a.yaml']);
});

test('a new file never replaces one that is there, nor a link', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.yaml');
  expect(await writeNew(path, 'first')).toMatchObject({ ok: true });
  expect(await writeNew(path, 'second')).toMatchObject({ ok: false, error: { code: 'LOOM_PATH' } });
  expect(await readFile(path, 'utf8')).toBe('first');
  await symlink('elsewhere', join(folder, 'link'));
  expect(await writeNew(join(folder, 'link'), 'x')).toMatchObject({
    ok: false,
    error: { code: 'LOOM_PATH' },
  });
});
