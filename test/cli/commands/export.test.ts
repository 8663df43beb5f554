import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokerloom, temporaryFolder } from '../support.ts';

const design = 'examples/e-commerce.loom.yaml';

test('prints a picture that brings its fonts along', () => {
  const { code, out } = brokerloom(['export', design, '--to', 'svg', '--theme', 'dark']);
  expect(code).toBe(0);
  expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(out).toContain("@font-face{font-family:'Inter Variable'");
  expect(out).toMatch(/src:url\(data:font\/woff2;base64,/);
  expect(out).toContain('fill="#0f1319"');
});

test('prints a Mermaid flowchart, also as the picture of a document', () => {
  const { out } = brokerloom(['export', design, '--to', 'mermaid']);
  expect(out).toMatch(/^flowchart LR\n/);
  expect(brokerloom(['export', design, '--to', 'markdown']).out).toContain(`\`\`\`mermaid\n${out}\`\`\``);
});

test('writes a document with its picture beside it', async () => {
  const cwd = await temporaryFolder();
  const file = join(cwd, 'shop design.md');
  expect(brokerloom(['export', design, '--to', 'markdown', '--out', file])).toMatchObject({
    code: 0,
    out: '',
  });
  expect(await readFile(file, 'utf8')).toContain('](shop%20design.svg)');
  expect(await readFile(join(cwd, 'shop design.svg'), 'utf8')).toMatch(/^<svg /);
});

test.each([
  [[design], /^LOOM_USAGE required option '--to <format>'/],
  [[design, '--to', 'png'], /^LOOM_USAGE .*png.*svg, mermaid, markdown/],
  [['nowhere.yaml', '--to', 'svg'], /^LOOM_IO nowhere\.yaml /],
])('refuses %j', (args, message) => {
  expect(brokerloom(['export', ...args])).toEqual({ code: 2, out: '', err: expect.stringMatching(message) });
});

test('of a design that is none says why and writes nothing', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'bad.yaml'), 'brokerloom: 1\nqueues: [');
  const { code, err } = brokerloom(['export', 'bad.yaml', '--to', 'svg', '--out', 'bad.svg'], { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(/^LOOM_SYNTAX bad\.yaml:2:/);
  await expect(readFile(join(cwd, 'bad.svg'))).rejects.toThrow();
});
