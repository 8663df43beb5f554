import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { brokerloom, designOf } from '../support.ts';

const unordered = '# mine\ndesign: { name: a }\nbrokerloom: 1 # one\n';
const ordered = 'brokerloom: 1 # one\n# mine\ndesign: { name: a }\n';

test('puts a file into canonical order once', async () => {
  const path = await designOf(unordered);
  expect(brokerloom(['fmt', path])).toEqual({ code: 0, out: '', err: `${path}: put into canonical order\n` });
  expect(await readFile(path, 'utf8')).toBe(ordered);
  const { mtimeMs } = await stat(path);
  expect(brokerloom(['fmt', path])).toEqual({ code: 0, out: '', err: '' });
  expect((await stat(path)).mtimeMs).toBe(mtimeMs);
});

test('--check lists what is not in order, and changes nothing', async () => {
  const [path, good] = [await designOf(unordered), await designOf(ordered)];
  expect(brokerloom(['fmt', '--check', path, good])).toEqual({ code: 1, out: `${path}\n`, err: '' });
  expect(JSON.parse(brokerloom(['fmt', '--check', '--json', path, good]).out)).toEqual({
    files: [
      { file: path, changed: true },
      { file: good, changed: false },
    ],
  });
  expect(await readFile(path, 'utf8')).toBe(unordered);
  expect(brokerloom(['fmt', '--check', good]).code).toBe(0);
});

test('refuses what is not a design, leaves it as it is, and formats the others', async () => {
  const [bad, path] = [await designOf('brokerloom: 1\ndesign: {\n'), await designOf(unordered)];
  const ran = brokerloom(['fmt', bad, path]);
  expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^LOOM_SYNTAX .*:\d+:\d+ /m) });
  expect(await readFile(bad, 'utf8')).toBe('brokerloom: 1\ndesign: {\n');
  expect(await readFile(path, 'utf8')).toBe(ordered);
});

test('takes conflict markers out of the layout, which lint reads over with a remark', async () => {
  const path = await designOf(
    'brokerloom: 1\ndesign: { name: a }\nlayout:\n<<<<<<< a\n  queues/q: [1, 1]\n=======\n  queues/q: [2, 2]\n>>>>>>> b\n',
  );
  const linted = brokerloom(['lint', path]);
  expect(linted).toMatchObject({ code: 0, err: expect.stringContaining(`${path}:4: conflict markers`) });
  expect(brokerloom(['fmt', path]).code).toBe(0);
  expect(await readFile(path, 'utf8')).toBe(
    'brokerloom: 1\ndesign: { name: a }\nlayout:\n  queues/q: [1, 1]\n',
  );
});
