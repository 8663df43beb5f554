import { execFileSync } from 'node:child_process';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOutput } from '../../../core/contract/findings.ts';
import { bombs, brokerloom, designOf, example, temporaryFolder } from '../support.ts';

test.each([
  ['orders', 0],
  ['fulfilment', 0],
  ['naive', 1],
])('%s gives exit code %i', (name, code) => {
  const ran = brokerloom(['lint', example(name)]);
  expect({ code: ran.code, err: ran.err }).toEqual({ code, err: '' });
});

test('--fail-on sets the least severity that counts', async () => {
  const path = await designOf(
    'brokerloom: 1\ndesign: { name: a }\nbrokers:\n  b: { kind: rabbitmq, colour: red }\n',
  );
  expect(brokerloom(['lint', path]).code).toBe(0);
  expect(brokerloom(['lint', path, '--fail-on', 'warn']).code).toBe(1);
});

test('--json is --format json, and as its schema says', () => {
  const { code, out } = brokerloom(['lint', '--json', example('naive'), example('orders')]);
  expect(code).toBe(1);
  expect(findingsOutput.parse(JSON.parse(out)).files).toHaveLength(2);
  expect(brokerloom(['lint', '--format', 'json', example('naive'), example('orders')]).out).toBe(out);
});

test.each(['sarif', 'markdown'])('--format %s gives the same bytes each time', (format) => {
  const args = ['lint', '--format', format, example('naive')];
  const first = brokerloom(args);
  expect(first.out.length).toBeGreaterThan(500);
  expect(brokerloom(args)).toEqual(first);
});

test('links of SARIF lead to the pages of the rules, by --docs-base, else by the configuration', async () => {
  const design = await designOf(
    'brokerloom: 1\ndesign: { name: a }\nbrokers:\n  b: { kind: rabbitmq, colour: red }\n',
  );
  const helpOf = (...args: string[]): string => {
    const { rules } = JSON.parse(brokerloom(['lint', design, '--format', 'sarif', ...args]).out).runs[0].tool
      .driver;
    return rules.find(({ id }: { id: string }) => id === 'dlq/required').helpUri;
  };
  expect(helpOf()).toMatch(/^https:\/\//);
  const config = join(await temporaryFolder(), 'c.yaml');
  await writeFile(config, 'docsBase: https://docs.example.org/loom\n');
  expect(helpOf('--config', config)).toBe('https://docs.example.org/loom/docs/rules/dlq/required.md');
  expect(helpOf('--config', config, '--docs-base', 'https://example.org/')).toBe(
    'https://example.org/docs/rules/dlq/required.md',
  );
  expect(brokerloom(['lint', design, '--docs-base', 'docs'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^LOOM_USAGE --docs-base "docs"/),
  });
});

test('control characters of a design do not reach the terminal', async () => {
  const path = await designOf(
    'brokerloom: 1\ndesign: { name: a }\nbrokers:\n  b: { kind: rabbitmq, "x\\e[2J": 1 }\n',
  );
  const { code, out, err } = brokerloom(['lint', path], { env: { FORCE_COLOR: '1', NO_COLOR: '' } });
  expect(code).toBe(2);
  expect(err).toContain('control character');
  expect(out + err).not.toContain('\u001b[2J');
});

describe('--fix', () => {
  test('with the suggested fixes leaves nothing that has a fix, and changes nothing the second time', async () => {
    const path = join(await temporaryFolder(), 'naive.loom.yaml');
    await copyFile(example('naive'), path);
    expect(brokerloom(['lint', '--fix-suggested', path]).err).toMatch(/: \d+ fixes applied/);
    const fixed = await readFile(path, 'utf8');
    const [report] = findingsOutput.parse(JSON.parse(brokerloom(['lint', '--json', path]).out)).files;
    expect(report?.findings.filter(({ fix }) => fix)).toEqual([]);
    expect(brokerloom(['lint', '--fix-suggested', path]).err).toBe('');
    expect(await readFile(path, 'utf8')).toBe(fixed);
  });

  test('touches only the lines of its fixes, keeps comments, and is done after one run', async () => {
    const path = join(await temporaryFolder(), 'naive.loom.yaml');
    await copyFile(example('naive'), path);
    const before = (await readFile(path, 'utf8')).split('\n');
    const { fixable, total } = countsOf(path);
    expect(fixable).toBeGreaterThan(0);

    expect(brokerloom(['lint', '--fix', path]).code).toBe(1);
    const after = (await readFile(path, 'utf8')).split('\n');
    const comments = (lines: string[]) => lines.filter((line) => line.includes('#')).length;
    expect(comments(after)).toBe(comments(before));
    const kept = before.filter((line) => after.includes(line));
    expect(kept.length).toBeGreaterThanOrEqual(before.length - fixable);
    expect(countsOf(path)).toEqual({ fixable: 0, total: total - fixable });

    const { mtimeNs, ino } = await stat(path, { bigint: true });
    expect(brokerloom(['lint', '--fix', path])).toMatchObject({ code: 1, err: '' });
    expect(await stat(path, { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  test('leaves a design without findings alone', async () => {
    const path = join(await temporaryFolder(), 'orders.loom.yaml');
    await copyFile(example('orders'), path);
    const { ino } = await stat(path);
    expect(brokerloom(['lint', '--fix', path]).code).toBe(0);
    expect((await stat(path)).ino).toBe(ino);
  });

  function countsOf(path: string): { fixable: number; total: number } {
    const { files } = findingsOutput.parse(JSON.parse(brokerloom(['lint', '--json', path]).out));
    const [file] = files;
    return { fixable: file?.counts.fixable ?? Number.NaN, total: file?.findings.length ?? Number.NaN };
  }
});

describe('bad input gives exit code 2 and no stack trace:', () => {
  const fifo = async () => {
    const path = join(await temporaryFolder(), 'fifo');
    execFileSync('mkfifo', [path]);
    return path;
  };

  test.each<[string, () => string | Promise<string>, RegExp]>([
    ['a device', () => '/dev/zero', /^LOOM_IO \/dev\/zero /],
    ['a folder', () => temporaryFolder(), /^LOOM_IO \S+ This is a folder/],
    ['a pipe', fifo, /^LOOM_IO \S+ .*pipe/],
    ['no file', () => '/nowhere/a.yaml', /^LOOM_IO \S+ There is no such file/],
    ['invalid UTF-8', () => designOf(Buffer.from([0x61, 0x0a, 0xff])), /^LOOM_SYNTAX \S+:2:1 .*UTF-8/],
    ['UTF-16', () => designOf(Buffer.from('\ufeffa: 1', 'utf16le')), /^LOOM_SYNTAX \S+ .*UTF-16/],
    ['an empty file', () => designOf(''), /^LOOM_FORMAT /],
    ['conflict markers', () => designOf('brokerloom: 1\n<<<<<<< ours\n'), /^LOOM_CONFLICT_MARKERS \S+:2:1 /],
    ['a duplicate key', () => designOf('brokerloom: 1\nbrokerloom: 1\n'), /^LOOM_SYNTAX \S+:2:1 /],
    [
      'a name that is a path',
      () => designOf('brokerloom: 1\ndesign: { name: a }\nservices:\n  ../../x: {}\n'),
      /^LOOM_NAME \S+:4:3 "\.\.\/\.\.\/x" cannot be an id/,
    ],
  ])('%s', async (_, path, text) => {
    const { code, out, err } = brokerloom(['lint', await path()]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(text);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test.each([
    ['an alias bomb of 494 bytes', bombs.aliases, /^LOOM_LIMIT \S+ .*aliases/],
    ['5,000 levels', bombs.depth, /^LOOM_LIMIT \S+:2:\d+ .*deeper/],
  ])('%s, within 2 s', async (_, text, problem) => {
    const { code, err } = brokerloom(['lint', await designOf(text)], { within: 2_000 });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(problem) });
  });

  test('the alias bomb is as small as it is said to be', () => {
    expect(Buffer.byteLength(bombs.aliases)).toBe(494);
  });

  test('one bad file does not hide the findings of the others', () => {
    const { code, out, err } = brokerloom(['lint', '/nowhere', example('naive')]);
    expect(code).toBe(2);
    expect(out).toContain('dlq/required');
    expect(err).toMatch(/^LOOM_IO \/nowhere /);
  });

  test('with --json the problems are one document', () => {
    const { code, out } = brokerloom(['lint', '--json', '/nowhere']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ problems: [{ code: 'LOOM_IO', file: '/nowhere' }] });
  });
});
