import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { applyWrite, isStale, type OutputTree, planWrite, type WritePlan } from '../../disk/index.ts';
import { filesIn, temporaryFolder, treeOf } from './support.ts';

const lines = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const first = { 'README.md': 'read me\n', 'src/main.ts': lines, 'src/handlers/pay.ts!': 'stub\n' };
let out: string;

async function plan(tree: OutputTree): Promise<WritePlan> {
  const result = await planWrite(out, tree, { generator: '1.0.0' });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function write(tree: OutputTree): Promise<Record<string, string>> {
  const planned = await plan(tree);
  expect(await applyWrite(planned)).toEqual({ ok: true, value: undefined });
  return Object.fromEntries(planned.changes.map(({ path, status }) => [path, status]));
}

const edit = async (path: string, change: (text: string) => string) =>
  writeFile(join(out, path), change(await readFile(join(out, path), 'utf8')));

beforeEach(async () => {
  out = join(await temporaryFolder(), 'out');
  await write(treeOf(first));
});

test('writes a workspace, and then has nothing more to do', async () => {
  expect(await filesIn(out)).toEqual({
    'README.md': 'read me\n',
    'src/main.ts': lines,
    'src/handlers/pay.ts': 'stub\n',
  });
  const again = await plan(treeOf(first));
  expect(isStale(again)).toBe(false);
  const manifest = await stat(join(out, '.brokerloom/manifest.json'));
  await applyWrite(again);
  expect((await stat(join(out, '.brokerloom/manifest.json'))).ino).toBe(manifest.ino);
});

test('keeps an edit in a part that does not change, and never touches a file of the user', async () => {
  await edit('src/main.ts', (text) => text.replace('two', 'TWO'));
  await edit('src/handlers/pay.ts', () => 'my code\n');
  expect(isStale(await plan(treeOf(first)))).toBe(false);
  const statuses = await write(
    treeOf({ ...first, 'src/main.ts': lines.replace('six', 'SIX'), 'src/handlers/pay.ts!': 'other stub\n' }),
  );
  expect(statuses).toMatchObject({ 'src/main.ts': 'merged', 'src/handlers/pay.ts': 'unchanged' });
  expect(await filesIn(out)).toMatchObject({
    'src/main.ts': lines.replace('two', 'TWO').replace('six', 'SIX'),
    'src/handlers/pay.ts': 'my code\n',
  });
});

test('an edit in a part that changes gives FILE.new, until the user deletes it', async () => {
  const mine = lines.replace('two', 'TWO');
  const theirs = lines.replace('two', '2');
  await edit('src/main.ts', () => mine);
  const next = treeOf({ ...first, 'src/main.ts': theirs });
  expect(await write(next)).toMatchObject({ 'src/main.ts': 'conflict' });
  expect(await filesIn(out)).toMatchObject({ 'src/main.ts': mine, 'src/main.ts.new': theirs });
  expect(isStale(await plan(next))).toBe(true);

  await rm(join(out, 'src/main.ts.new'));
  expect(await write(next)).toMatchObject({ 'src/main.ts': 'unchanged' });
  expect(isStale(await plan(next))).toBe(false);
  expect(await filesIn(out)).toMatchObject({ 'src/main.ts': mine });
});

test('taking the offered version removes FILE.new', async () => {
  const theirs = lines.replace('two', '2');
  await edit('src/main.ts', (text) => text.replace('two', 'TWO'));
  const next = treeOf({ ...first, 'src/main.ts': theirs });
  await write(next);
  await edit('src/main.ts', () => theirs);
  await write(next);
  expect(existsSync(join(out, 'src/main.ts.new'))).toBe(false);
  expect(isStale(await plan(next))).toBe(false);
});

test('files of removed elements: deleted with their empty folders, or kept with their edits', async () => {
  await write(treeOf({ ...first, 'a/b/c.ts': 'c\n', 'd/e.ts': 'e\n', 'd/mine.ts!': 'stub\n' }));
  await edit('d/e.ts', () => 'edited\n');
  const statuses = await write(treeOf(first));
  expect(statuses).toMatchObject({ 'a/b/c.ts': 'deleted', 'd/e.ts': 'kept', 'd/mine.ts': 'deleted' });
  expect(existsSync(join(out, 'a'))).toBe(false);
  expect(existsSync(join(out, '.brokerloom/base/a'))).toBe(false);
  expect(await filesIn(out)).toMatchObject({ 'd/e.ts': 'edited\n' });
  expect(Object.keys(await write(treeOf(first)))).not.toContain('d/e.ts');
});

test('a folder that had files before gets FILE.new instead of losing them', async () => {
  out = await temporaryFolder();
  await writeFile(join(out, 'README.md'), 'my project\n');
  await writeFile(join(out, 'notes.txt'), 'notes\n');
  expect(await write(treeOf(first))).toMatchObject({ 'README.md': 'conflict', 'src/main.ts': 'new' });
  expect(await filesIn(out)).toMatchObject({
    'README.md': 'my project\n',
    'README.md.new': 'read me\n',
    'notes.txt': 'notes\n',
  });
});

describe('refuses, and writes nothing,', () => {
  const next = treeOf({ ...first, 'README.md': 'new\n', 'src/main.ts': 'new\n' });

  test('when a file was changed after the plan', async () => {
    const planned = await plan(next);
    await edit('src/main.ts', (text) => `${text}late\n`);
    const before = await filesIn(out);
    expect(await applyWrite(planned)).toMatchObject({ ok: false, error: [{ code: 'LOOM_IO' }] });
    expect(await filesIn(out)).toEqual(before);
  });

  test('when a folder became a link after the plan', async () => {
    const outside = await temporaryFolder();
    const planned = await plan(next);
    await rm(join(out, 'src'), { recursive: true });
    await symlink(outside, join(out, 'src'));
    expect(await applyWrite(planned)).toMatchObject({ ok: false, error: [{ code: 'LOOM_PATH' }] });
    expect(await filesIn(outside)).toEqual({});
  });

  test('while another run writes to the folder; what a dead run left is cleared', async () => {
    const planned = await plan(next);
    const alive = join(out, '.brokerloom', `stage-${process.ppid}`);
    await mkdir(alive);
    expect(await applyWrite(planned)).toMatchObject({ ok: false, error: [{ code: 'LOOM_IO' }] });
    await rm(alive, { recursive: true });
    const dead = join(out, '.brokerloom', 'stage-999999999');
    await mkdir(dead);
    expect(await applyWrite(planned)).toMatchObject({ ok: true });
    expect(existsSync(dead)).toBe(false);
  });

  test.each(['not json', '{"format":1,"generator":"1","files":{"../x":{"ownership":"generated"}}}'])(
    'when the manifest is %s',
    async (text) => {
      await edit('.brokerloom/manifest.json', () => text);
      expect(await planWrite(out, next, { generator: '1' })).toMatchObject({
        ok: false,
        error: [{ code: 'LOOM_IO' }],
      });
    },
  );
});
