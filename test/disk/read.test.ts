import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDesign } from '../../disk/read.ts';
import { temporaryFolder } from './support.ts';

async function fileOf(bytes: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'a.loom.yaml');
  await writeFile(path, bytes);
  return path;
}

test('gives the text as it is, with byte order mark and CRLF', async () => {
  const text = '\ufeffbrokerloom: 1\r\nname: Größe\r\n';
  expect(await readDesign(await fileOf(text))).toEqual({ ok: true, value: text });
});

test.each<[string, () => Promise<string>, string, RegExp]>([
  ['a folder', temporaryFolder, 'LOOM_IO', /folder/],
  ['a device', async () => '/dev/zero', 'LOOM_IO', /device/],
  ['a missing file', async () => join(await temporaryFolder(), 'x'), 'LOOM_IO', /no such file/],
  [
    'a pipe',
    async () => {
      const path = join(await temporaryFolder(), 'fifo');
      execFileSync('mkfifo', [path]);
      return path;
    },
    'LOOM_IO',
    /pipe/,
  ],
  ['UTF-16', () => fileOf(Buffer.from('\ufeffbrokerloom: 1\n', 'utf16le')), 'LOOM_SYNTAX', /UTF-16/],
  ['more than 10 MB', () => fileOf(Buffer.alloc(10_000_001, 'a')), 'LOOM_LIMIT', /10 MB/],
])('refuses %s', async (_, path, code, message) => {
  const result = await readDesign(await path());
  expect(result).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
});

test('says where the text is not UTF-8', async () => {
  const path = await fileOf(
    Buffer.concat([Buffer.from('a: 1\nü: '), Buffer.from([0xc3, 0x28]), Buffer.from('\n')]),
  );
  expect(await readDesign(path)).toMatchObject({
    ok: false,
    error: { code: 'LOOM_SYNTAX', at: { line: 2, column: 4 } },
  });
});
