import { mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../core/text/load.ts';
import { planWrite } from '../../disk/index.ts';
import { pathFault, resolveOut } from '../../disk/paths.ts';
import { temporaryFolder, treeOf } from '../disk/support.ts';

describe.each([
  [42, '../../x'],
  [43, '/etc/x'],
  [44, 'C:\\x'],
  [45, '\\\\host\\share'],
  [46, 'a/../../b'],
  [47, '%2e%2e'],
  [48, 'CON'],
  [49, 'name.'],
  [50, '.git/hooks/x'],
  [51, '.npmrc'],
  [51, '.env'],
])('case %i: %j', (_, path) => {
  test('is no id', () => {
    for (const section of ['services', 'messages', 'consumers', 'brokers']) {
      const text = `brokerloom: 1\ndesign: { name: x }\n${section}:\n  ${JSON.stringify(path)}: { kind: rabbitmq }\n`;
      const { design, problems } = load(text);
      expect(design).toBeUndefined();
      expect(problems).toMatchObject([{ code: 'LOOM_NAME', at: { line: 4, column: 3 } }]);
    }
  });

  test('is no path that a generator may write', () => {
    expect(pathFault(path)).toEqual(expect.any(String));
    expect(pathFault(`services/${path}`)).toEqual(expect.any(String));
  });
});

const refused = { ok: false, error: { code: 'LOOM_PATH' } } as const;

test('case 52: an output folder that is a link is refused', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'real'));
  await symlink('real', join(folder, 'link'));
  expect(await resolveOut(join(folder, 'link'))).toMatchObject(refused);
});

test('case 53: a link inside the output is refused', async () => {
  const folder = await temporaryFolder();
  await symlink(await temporaryFolder(), join(folder, 'services'));
  const plan = await planWrite(folder, treeOf({ 'services/a.ts': 'a' }), { generator: '1' });
  expect(plan).toMatchObject({ ok: false, error: [{ code: 'LOOM_PATH' }] });
});

test.each(['/', homedir()])('case 55: %s is refused as output', async (path) => {
  expect(await resolveOut(path)).toMatchObject(refused);
});

test('case 56: the folder of the design is refused as output', async () => {
  const folder = await temporaryFolder();
  expect(await resolveOut(folder, join(folder, 'a.loom.yaml'))).toMatchObject(refused);
});
