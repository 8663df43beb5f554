import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planWrite } from '../../disk/index.ts';
import { checkPaths, pathFault, resolveOut } from '../../disk/paths.ts';
import { temporaryFolder, treeOf } from './support.ts';

test.each([
  '../../x',
  '/etc/x',
  'C:\\x',
  'C:/x',
  '\\\\host\\share',
  '//host/share',
  'a/../../b',
  'a/./b',
  '%2e%2e/x',
  'CON',
  'services/nul.txt',
  'a./b',
  'a ',
  '.git/hooks/x',
  'a/.GIT/config',
  '.npmrc',
  'services/a/.env',
  '.brokerloom/manifest.json',
  'a\u0000b',
  'a\nb',
  '',
  `${'x'.repeat(256)}`,
])('refuses the path %j', (path) => {
  expect(pathFault(path)).toEqual(expect.any(String));
});

test.each(['README.md', '.env.example', '.gitignore', 'services/a-b/src/main.ts', '.github/ci.yml'])(
  'accepts the path %j',
  (path) => {
    expect(pathFault(path)).toBeUndefined();
  },
);

test('refuses two paths that differ only in case', () => {
  expect(checkPaths('out', ['services/Pay/a.ts', 'services/pay/a.ts'])).toMatchObject([
    { code: 'LOOM_PATH' },
  ]);
});

describe('an output folder', () => {
  const refused = { ok: false, error: { code: 'LOOM_PATH' } };

  test('may be missing, or be any folder of its own', async () => {
    const folder = await temporaryFolder();
    expect(await resolveOut(join(folder, 'a', 'b'))).toEqual({ ok: true, value: join(folder, 'a', 'b') });
    expect(await resolveOut(folder)).toEqual({ ok: true, value: folder });
  });

  test.each([['/'], [homedir()], [dirname(homedir())]])('is refused as %s', async (path) => {
    expect(await resolveOut(path)).toMatchObject(refused);
  });

  test('is refused as a link, a file, inside .git, or around the design', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'link'));
    await writeFile(join(folder, 'file'), '');
    expect(await resolveOut(join(folder, 'link'))).toMatchObject(refused);
    expect(await resolveOut(join(folder, 'file'))).toMatchObject(refused);
    expect(await resolveOut(join(folder, '.git', 'out'))).toMatchObject(refused);
    expect(await resolveOut(folder, join(folder, 'a.loom.yaml'))).toMatchObject(refused);
    expect(await resolveOut(folder, join(folder, 'real', 'a.loom.yaml'))).toMatchObject(refused);
    expect(await resolveOut(join(folder, 'real'), join(folder, 'a.loom.yaml'))).toMatchObject({ ok: true });
  });

  test.each(['services', 'services/a.ts', '.brokerloom'])('may not have a link at %s', async (path) => {
    const folder = await temporaryFolder();
    const outside = await temporaryFolder();
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(outside, join(folder, path));
    const plan = await planWrite(folder, treeOf({ 'services/a.ts': 'a' }), { generator: '1' });
    expect(plan).toMatchObject({ ok: false, error: [{ code: 'LOOM_PATH' }] });
  });
});
