import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxDesignBytes } from '../../../../core/contract/ipc.ts';
import { hashOf, readContent } from '../../../../electron/main/files/content.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-read-'));
  file = join(folder, 'a.loom.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('gives the text with its byte order mark and line ends, and the hash of the bytes', async () => {
  const text = '\uFEFFbrokerloom: 1\r\n';
  await writeFile(file, text);
  expect(await readContent(file)).toEqual({ text, hash: hashOf(Buffer.from(text)) });
});

test('gives null for a file that is not there', async () => {
  expect(await readContent(file)).toBeNull();
});

test('reads a file of exactly the largest size and refuses one byte more', async () => {
  await writeFile(file, Buffer.alloc(maxDesignBytes, 'a'));
  expect((await readContent(file))?.text.length).toBe(maxDesignBytes);
  await truncate(file, maxDesignBytes + 1);
  await expect(readContent(file)).rejects.toMatchObject({ code: 'LOOM_FILE_TOO_LARGE' });
});

test.each([
  ['invalid UTF-8', Buffer.from([0x61, 0xff])],
  ['UTF-16', Buffer.from('\uFEFFbrokerloom: 1', 'utf16le')],
  ['an encoded surrogate', Buffer.from([0xed, 0xa0, 0x80])],
])('refuses %s', async (_name, bytes) => {
  await writeFile(file, bytes);
  await expect(readContent(file)).rejects.toMatchObject({ code: 'LOOM_FILE_ENCODING' });
});

test('refuses a folder, a device and a FIFO without waiting for either', async () => {
  await expect(readContent(folder)).rejects.toMatchObject({ code: 'LOOM_FILE_KIND' });
  await expect(readContent('/dev/zero')).rejects.toMatchObject({ code: 'LOOM_FILE_KIND' });
  await promisify(execFile)('mkfifo', [file]);
  await expect(readContent(file)).rejects.toMatchObject({ code: 'LOOM_FILE_KIND' });
});
