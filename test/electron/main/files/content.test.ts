import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf, readContent, saveContent } from '../../../../electron/main/files/content.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-save-'));
  file = join(folder, 'a.loom.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('readContent', () => {
  test('gives the text with its byte order mark and line ends, and the hash of the bytes', async () => {
    const bytes = Buffer.from('\uFEFFbrokerloom: 1\r\n');
    await writeFile(file, bytes);
    expect(await readContent(file)).toEqual({
      ok: true,
      value: { text: '\uFEFFbrokerloom: 1\r\n', hash: createHash('sha256').update(bytes).digest('hex') },
    });
  });

  test('gives null for a file or a folder that is not there, and the problem of any other', async () => {
    expect(await readContent(file)).toEqual({ ok: true, value: null });
    expect(await readContent(join(folder, 'gone', 'x.yaml'))).toEqual({ ok: true, value: null });
    expect(await readContent(folder)).toMatchObject({ ok: false, error: { code: 'LOOM_IO' } });
  });
});

describe('saveContent', () => {
  const conflict = (disk: string | null) => ({
    ok: true,
    value: { status: 'conflict', disk: disk === null ? null : { text: disk, hash: hashOf(disk) } },
  });
  const saved = (text: string) => ({ ok: true, value: { status: 'saved', hash: hashOf(text) } });

  test('writes the bytes of the text and nothing else, and leaves no temporary file', async () => {
    const text = '\uFEFFbrokerloom: 1\r\nname: "ü 🐇"\r\n# end';
    expect(await saveContent(file, text, null)).toEqual(saved(text));
    expect(await readFile(file)).toEqual(Buffer.from(text));
    expect(await readdir(folder)).toEqual(['a.loom.yaml']);
  });

  test('writes nothing when the disk is not what the edit started from', async () => {
    await writeFile(file, 'theirs');
    expect(await saveContent(file, 'mine', hashOf('base'))).toEqual(conflict('theirs'));
    expect(await saveContent(file, 'mine', null)).toEqual(conflict('theirs'));
    expect(await readFile(file, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['a.loom.yaml']);
  });

  test('reports a deleted file as a conflict, and creates it again once that is what the user wants', async () => {
    expect(await saveContent(file, 'mine', hashOf('base'))).toEqual(conflict(null));
    expect(await saveContent(file, 'mine', null)).toEqual(saved('mine'));
  });

  test('takes the same text on disk for saved, whoever wrote it', async () => {
    await writeFile(file, 'same');
    expect(await saveContent(file, 'same', hashOf('base'))).toEqual(saved('same'));
  });

  test('compares and writes through a symbolic link, and keeps link and mode', async () => {
    const target = join(folder, 'real.loom.yaml');
    await writeFile(target, 'old');
    await chmod(target, 0o640);
    await symlink(target, file);
    expect(await saveContent(file, 'new', hashOf('old'))).toEqual(saved('new'));
    expect(await readFile(target, 'utf8')).toBe('new');
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect((await stat(target)).mode & 0o7777).toBe(0o640);
  });

  test('fails with the old content intact', async () => {
    expect(await saveContent(join(folder, 'gone', 'x.yaml'), 'x', null)).toMatchObject({ ok: false });
    expect(await saveContent(folder, 'x', null)).toMatchObject({ ok: false });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a kill at any moment of a save leaves the old text or the new one, whole', async () => {
  const writer = fileURLToPath(new URL('./save-forever.ts', import.meta.url));
  const texts = ['a', 'b'].map((letter) => letter.repeat(3_000_000));
  await writeFile(file, texts[0] ?? '');
  let midSave = 0;
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [writer, file, '3000000'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const watcher = watch(folder);
    await once(watcher, 'change');
    // The kill falls a little later in the save with each round.
    for (let turn = 0; turn < round * 100; turn++) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await ended;
    watcher.close();
    const left = await readFile(file, 'utf8');
    expect(texts.includes(left), `round ${round} left ${left.length} characters`).toBe(true);
    const temporary = (await readdir(folder)).filter((name) => name !== 'a.loom.yaml');
    if (temporary.length > 0) midSave++;
    for (const name of temporary) await rm(join(folder, name));
  }
  expect(midSave, 'kills that hit a save in progress').toBeGreaterThan(0);
}, 60_000);
