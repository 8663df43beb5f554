import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf } from '../../../../electron/main/files/content.ts';
import { saveContent } from '../../../../electron/main/files/save.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-save-'));
  file = join(folder, 'a.loom.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('saveContent', () => {
  test('writes the bytes of the text and nothing else, and leaves no temporary file', async () => {
    const text = '\uFEFFbrokerloom: 1\r\nname: "ü 🐇"\r\n# end';
    expect(await saveContent(file, text, null)).toEqual({ status: 'saved', hash: hashOf(text) });
    expect(await readFile(file)).toEqual(Buffer.from(text));
    expect(await readdir(folder)).toEqual(['a.loom.yaml']);
  });

  test('writes nothing when the disk is not what the edit started from', async () => {
    await writeFile(file, 'theirs');
    expect(await saveContent(file, 'mine', hashOf('base'))).toEqual({
      status: 'conflict',
      disk: { text: 'theirs', hash: hashOf('theirs') },
    });
    expect(await saveContent(file, 'mine', null)).toMatchObject({ status: 'conflict' });
    expect(await readFile(file, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['a.loom.yaml']);
  });

  test('reports a deleted file as a conflict, and creates it again once that is what the user wants', async () => {
    expect(await saveContent(file, 'mine', hashOf('base'))).toEqual({ status: 'conflict', disk: null });
    expect(await saveContent(file, 'mine', null)).toMatchObject({ status: 'saved' });
  });

  test('takes the same text on disk for saved, whoever wrote it', async () => {
    await writeFile(file, 'same');
    expect(await saveContent(file, 'same', hashOf('base'))).toMatchObject({ status: 'saved' });
  });

  test('follows a symbolic link and keeps it', async () => {
    await mkdir(join(folder, 'real'));
    const target = join(folder, 'real', 'b.loom.yaml');
    await writeFile(target, 'old');
    await symlink(target, file);
    await saveContent(file, 'new', hashOf('old'));
    expect(await readFile(target, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'real'))).toEqual(['b.loom.yaml']);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
  });

  test('keeps the mode', async () => {
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    await saveContent(file, 'new', hashOf('old'));
    expect((await stat(file)).mode & 0o7777).toBe(0o640);
  });

  test('replaces the file instead of writing into it: a hard link keeps the old content', async () => {
    await writeFile(file, 'old');
    await link(file, join(folder, 'other'));
    await saveContent(file, 'new', hashOf('old'));
    expect(await readFile(join(folder, 'other'), 'utf8')).toBe('old');
  });

  test('says so when the folder is gone, and when the target is a folder', async () => {
    await expect(saveContent(join(folder, 'gone', 'x.yaml'), 'x', null)).rejects.toMatchObject({
      code: 'LOOM_FILE_UNWRITABLE',
      message: expect.stringContaining('its folder is gone'),
    });
    await expect(saveContent(folder, 'x', null)).rejects.toMatchObject({ code: 'LOOM_FILE_KIND' });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a kill at any moment of a save leaves the old text or the new one, whole', async () => {
  const writer = fileURLToPath(new URL('./save-forever.ts', import.meta.url));
  const texts = ['a', 'b'].map((letter) => letter.repeat(3_000_000));
  await writeFile(file, texts[0] ?? '');
  let midSave = 0;
  for (let round = 0; round < 20; round++) {
    const child = spawn(process.execPath, [writer, file, '3000000'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const watcher = watch(folder);
    await once(watcher, 'change');
    // The kill falls a little later in the save with each round.
    for (let turn = 0; turn < round * 40; turn++) await new Promise(setImmediate);
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
