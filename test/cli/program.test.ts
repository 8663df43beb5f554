import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { brokerloom, designOf } from './support.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test('prints its version, and help when asked nothing', () => {
  expect(brokerloom(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  const help = brokerloom([]);
  expect(help).toMatchObject({ code: 0, err: '' });
  for (const command of ['new', 'lint', 'fmt', 'explain', 'generate', 'schema', 'doctor'])
    expect(help.out).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test.each<[string, string[], RegExp]>([
  ['an unknown command', ['lnt'], /^LOOM_USAGE unknown command 'lnt'\n {2}Did you mean lint\?\n$/],
  [
    'an unknown option',
    ['lint', 'a', '--fx'],
    /^LOOM_USAGE unknown option '--fx'\n {2}Did you mean --fix\?\n$/,
  ],
  ['a missing argument', ['lint'], /^LOOM_USAGE missing required argument 'files'\n {2}\S/],
  ['a missing option', ['generate', 'a'], /^LOOM_USAGE required option '--out <dir>' not specified\n {2}\S/],
  ['an empty folder name', ['generate', 'a', '--out', ''], /^LOOM_USAGE option '--out <dir>'/],
  ['a value that is not allowed', ['lint', 'a', '--fail-on', 'x'], /^LOOM_USAGE option '--fail-on/],
])('refuses %s', (_, args, text) => {
  const { code, out, err } = brokerloom(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(text);
});

test('checks a design without compiling code for it, which takes longer than the check', async () => {
  const design = await designOf('brokerloom: 1\ndesign: { name: d }\nqueues:\n  q: { broker: 5 }\n');
  const exit = 'construct: () => process.exit(9)';
  const preload = `globalThis.Function = new Proxy(Function, { ${exit} });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  expect(brokerloom(['lint', design], { env })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^LOOM_SCHEMA/),
  });
});

test('a reader that closes the pipe early is no error', () => {
  const out = execFileSync(
    'bash',
    ['-o', 'pipefail', '-c', `"$0" "$1" schema | head -n 1`, process.execPath, inject('cli')],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  expect(out).toBe('{\n');
});

test('control characters of file names do not reach the terminal', () => {
  const { code, err } = brokerloom(['lint', 'a\u001b[31m\u0007.yaml']);
  expect(code).toBe(2);
  expect(err).toBe('LOOM_IO a\u241b[31m\u2407.yaml No file matches.\n  Check the glob.\n');
});
