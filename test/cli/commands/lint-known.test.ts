import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOutput } from '../../../core/contract/findings.ts';
import { brokerloom, temporaryFolder } from '../support.ts';

const queue = (id: string) => `  ${id}: { broker: mq }\n`;
const design = (...queues: string[]) => `brokerloom: 1
design: { name: shop, environment: prod }
brokers: { mq: { kind: rabbitmq, deadletter: true } }
queues:
${queues.map(queue).join('')}`;

/** Elements with findings, by file. */
function elements(cwd: string, ...args: string[]): Record<string, string[]> {
  const { out, err } = brokerloom(['lint', '--json', '--fail-on', 'info', ...args], { cwd });
  if (!out) throw new Error(err);
  const { files } = findingsOutput.parse(JSON.parse(out));
  return Object.fromEntries(
    files.map(({ file, findings }) => [file, [...new Set(findings.map(({ element }) => element))]]),
  );
}

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const at = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(at, path, '..'), { recursive: true });
    await writeFile(join(at, path), text);
  }
  return at;
}

describe('files', () => {
  test('are found by globs, each once, in one summary', async () => {
    const cwd = await folder({ 'a.loom.yaml': design(), 'deep/b.loom.yaml': design(), 'c.txt': '' });
    expect(Object.keys(elements(cwd, '**/*.loom.yaml', 'a.loom.yaml'))).toEqual([
      'a.loom.yaml',
      'deep/b.loom.yaml',
    ]);
    expect(brokerloom(['lint', '*.loom.yaml', 'deep/*'], { cwd }).out).toContain(
      '2 designs: 0 errors, 2 warnings',
    );
  });

  test('that a glob does not find are an error', async () => {
    const cwd = await folder({});
    expect(brokerloom(['lint', '*.loom.yaml'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: 'LOOM_IO *.loom.yaml No file matches.\n  Check the glob.\n',
    });
  });
});

describe('the configuration', () => {
  test('holds for designs beside it and below', async () => {
    const cwd = await folder({
      'brokerloom.config.yaml': 'rules: { document/unknown-key: off }\n',
      'a.loom.yaml': design(),
      'deep/b.loom.yaml': design(),
    });
    expect(elements(cwd, 'a.loom.yaml', 'deep/b.loom.yaml')).toEqual({
      'a.loom.yaml': [],
      'deep/b.loom.yaml': [],
    });
  });

  test('is the nearest, or the one that is named', async () => {
    const cwd = await folder({
      'brokerloom.config.yaml': 'rules: { document/unknown-key: off }\n',
      'deep/brokerloom.config.yaml': 'preset: strict\n',
      'deep/b.loom.yaml': design(),
    });
    expect(brokerloom(['lint', 'deep/b.loom.yaml'], { cwd }).code).toBe(1);
    expect(brokerloom(['lint', '--config', 'brokerloom.config.yaml', 'deep/b.loom.yaml'], { cwd }).code).toBe(
      0,
    );
  });

  test('with a mistake is refused with its place', async () => {
    const cwd = await folder({
      'brokerloom.config.yaml': 'rules:\n  dlq/requird: off\n',
      'deep/a.loom.yaml': design(),
    });
    expect(brokerloom(['lint', 'deep/a.loom.yaml'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: 'LOOM_CONFIG brokerloom.config.yaml:2:3 There is no rule "dlq/requird".\n  Did you mean dlq/required?\n',
    });
  });
});

describe('a baseline', () => {
  test('leaves out what was there when it was written, from whichever folder', async () => {
    const cwd = await folder({ 'designs/a.loom.yaml': design('one'), 'designs/b.loom.yaml': design() });
    const [file, baseline] = ['designs/a.loom.yaml', 'ci/baseline.json'];
    await mkdir(join(cwd, 'ci'));
    expect(brokerloom(['lint', file, '--baseline', baseline, '--update-baseline'], { cwd })).toMatchObject({
      code: 0,
      out: '',
    });
    expect(elements(cwd, file, '--baseline', baseline)).toEqual({ [file]: [] });
    expect(elements(join(cwd, 'ci'), `../${file}`, '--baseline', 'baseline.json')).toEqual({
      [`../${file}`]: [],
    });
    await writeFile(join(cwd, file), design('one').replace('one: {', 'one: { colour: red,'));
    expect(elements(cwd, file, '--baseline', baseline)).toEqual({ [file]: ['queues/one'] });

    const before = JSON.parse(await readFile(join(cwd, baseline), 'utf8')).files;
    brokerloom(['lint', 'designs/b.loom.yaml', '--baseline', baseline, '--update-baseline'], { cwd });
    const after = JSON.parse(await readFile(join(cwd, baseline), 'utf8')).files;
    expect(Object.keys(after)).toEqual(['../designs/a.loom.yaml', '../designs/b.loom.yaml']);
    expect(after).toMatchObject(before);
  });

  test('says what of it is gone', async () => {
    const cwd = await folder({ 'a.loom.yaml': design() });
    brokerloom(['lint', 'a.loom.yaml', '--baseline', 'b.json', '--update-baseline'], { cwd });
    await writeFile(join(cwd, 'a.loom.yaml'), design().replace(', deadletter: true', ''));
    expect(brokerloom(['lint', 'a.loom.yaml', '--baseline', 'b.json'], { cwd })).toMatchObject({
      code: 0,
      err: 'a.loom.yaml: 1 known finding is gone; --update-baseline takes them out.\n',
    });
  });

  test.each([
    [
      'that is not there',
      ['--baseline', 'none.json'],
      /^LOOM_IO none.json .*\n {2}Write it with --update-baseline/,
    ],
    ['that is none', ['--baseline', 'a.loom.yaml'], /^LOOM_SYNTAX a.loom.yaml:\d+:\d+ This is not JSON/],
    ['without a name', ['--update-baseline'], /^LOOM_USAGE --update-baseline needs/],
    ['together with --diff', ['--baseline', 'a', '--diff', 'b'], /^LOOM_USAGE /],
  ])('%s is refused', async (_, args, err) => {
    const cwd = await folder({ 'a.loom.yaml': design() });
    const ran = brokerloom(['lint', 'a.loom.yaml', ...args], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(err);
  });
});

describe('--diff', () => {
  test('with a file reports what that does not have', async () => {
    const cwd = await folder({
      'old.loom.yaml': design('one'),
      'new.loom.yaml': `# moved\n${design('one', 'two').replace('two: {', 'two: { colour: red,')}`,
    });
    expect(elements(cwd, 'new.loom.yaml', '--diff', 'old.loom.yaml')).toEqual({
      'new.loom.yaml': ['queues/two'],
    });
  });

  test('with a git revision reports what has come since', async () => {
    const cwd = await folder({ 'deep/a.loom.yaml': design() });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], {
        cwd,
        stdio: 'pipe',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    const file = 'deep/a.loom.yaml';
    expect(elements(cwd, file, '--diff', 'HEAD')).toEqual({ [file]: [] });
    await writeFile(join(cwd, file), design().replace('rabbitmq,', 'rabbitmq, colour: red,'));
    await writeFile(join(cwd, 'new.loom.yaml'), design());
    expect(elements(cwd, file, 'new.loom.yaml', '--diff', 'HEAD')).toEqual({
      [file]: ['brokers/mq'],
      'new.loom.yaml': ['brokers/mq'],
    });
    for (const revision of ['nowhere', '--output=x', 'HEAD:deep'])
      expect(brokerloom(['lint', file, `--diff=${revision}`], { cwd })).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^LOOM_USAGE deep\/a.loom.yaml .* neither a file nor a revision/),
      });
    await rm(join(cwd, '.git'), { recursive: true });
    expect(brokerloom(['lint', file, '--diff', 'HEAD'], { cwd }).code).toBe(2);
  });
});
