import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { bombs, brokerloom, designOf, example, filesIn, temporaryFolder } from './support.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\n';
const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');

/** Reports the most memory that the process held, in KiB, behind everything else. */
const REPORT_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS))';

/** Lints with 2 s of processor time, which a busy machine does not shorten; the system ends what takes longer. */
function bounded(path: string): { code: number | null; err: string; mebibytes: number } {
  const { status, stderr } = spawnSync(
    'sh',
    [
      '-c',
      'ulimit -t 2; exec "$0" "$@"',
      process.execPath,
      '--import',
      REPORT_MEMORY,
      inject('cli'),
      'lint',
      path,
    ],
    { encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' },
  );
  const [err = '', kibibytes = 'NaN'] = stderr.split('maxrss ');
  return { code: status, err, mebibytes: Math.round(Number(kibibytes) / 1024) };
}

describe('is refused by its limit, in 2 s and 256 MB:', () => {
  test.each<[number, string, () => string | Buffer]>([
    [25, 'a text of 1 MB', () => `${head}services: { a: { owner: "${'x'.repeat(1_000_000)}" } }\n`],
    [25, 'a key of 1 MB', () => `${head}extra: { ? "${'x'.repeat(1_000_000)}" : 1 }\n`],
    [57, 'an alias bomb', () => bombs.aliases],
    [
      58,
      'a merge bomb',
      () =>
        `${head}a0: &a0 { k: v }\n${many(30, (i) => `a${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}], x: [*a${i}, *a${i}] }\n`)}`,
    ],
    [60, 'a depth of 5,000', () => bombs.depth],
    [64, 'an ordered map of 50,000 keys', () => `${head}x: !!omap\n${many(50_000, (i) => `- k${i}: 1\n`)}`],
    [74, 'a file of 100 MB', () => Buffer.alloc(100_000_000, '# comment\n')],
    [75, '100,000 queues', () => `${head}queues:\n${many(100_000, (i) => `  q${i}: { broker: b }\n`)}`],
    [
      75,
      '100,000 queues in braces',
      () => `{brokerloom: 1, queues: {${many(100_000, (i) => `q${i}: {}, `)}}}`,
    ],
    [75, 'a list of 4,000,000', () => `${head}x: [${'a,'.repeat(4_000_000)}]\n`],
    [
      76,
      'a pattern that takes for ever',
      () => `${head.replace('x }', 'x, naming: { queues: "^(a+)+$" } }')}`,
    ],
    [
      76,
      'a pattern with an example for it',
      () =>
        `${head}messages: { m: { schema: { type: string, pattern: "^(\\\\w+\\\\s?)*$" }, examples: ["${'a'.repeat(60)}!"] } }\n`,
    ],
  ])('case %i: %s', async (_, _what, content) => {
    const { code, err, mebibytes } = bounded(await designOf(content() as string));
    expect(mebibytes).toBeLessThan(256);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^LOOM_(?:LIMIT|SYNTAX) /) });
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('case 66: text that is no UTF-8', () => {
  test.each<[string, Buffer, RegExp]>([
    ['a stray byte', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]), /^LOOM_SYNTAX \S+:1:4 /],
    ['a surrogate in bytes', Buffer.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80]), /^LOOM_SYNTAX \S+:1:4 /],
    ['UTF-16', Buffer.from('\ufeffbrokerloom: 1\n', 'utf16le'), /^LOOM_SYNTAX .*UTF-16/],
  ])('%s', async (_, bytes, message) => {
    const { code, err } = brokerloom(['lint', await designOf(bytes)]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });
});

test('case 24: what a file holds does not drive the terminal', async () => {
  const path = await designOf(`${head}services: { a: { owner: "\\e[2J", "\\e]0;title\\a": 1 } }\n`);
  const { code, err } = brokerloom(['lint', path]);
  expect(code).toBe(2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test('case 54: a file with edits is not replaced', async () => {
  const out = join(await temporaryFolder(), 'out');
  await mkdir(out);
  await writeFile(join(out, 'README.md'), 'mine\n');
  expect(brokerloom(['generate', example('work-queue'), '--out', out]).code).toBe(1);
  expect(await readFile(join(out, 'README.md'), 'utf8')).toBe('mine\n');
  expect((await filesIn(out))['README.md.new']).toEqual(expect.any(String));
});

test.each([
  [79, '/dev/zero'],
  [79, '/'],
])('case %i: %s is no design', (_, path) => {
  const { code, err } = brokerloom(['lint', path], { within: 10_000 });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^LOOM_IO /) });
});

test('case 79: a pipe is not waited for', async () => {
  const path = join(await temporaryFolder(), 'pipe');
  spawnSync('mkfifo', [path]);
  const { code, err } = brokerloom(['lint', path], { within: 10_000 });
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^LOOM_IO .*pipe/) });
});

test('case 84: a password in a URL is in no output', async () => {
  const text = (await readFile(example('fulfilment'), 'utf8')).replace(
    'channel: payments\n',
    'channel: "amqp://guest:hunter2@mq"\n',
  );
  const path = await designOf(text);
  const out = join(await temporaryFolder(), 'out');
  for (const args of [
    ['lint', path],
    ['lint', '--json', path],
    ['lint', '--format', 'sarif', path],
    ['lint', '--format', 'markdown', path],
    ['expand', path],
    ['generate', path, '--out', out],
    ['generate', '--json', path, '--out', out],
  ]) {
    const ran = brokerloom(args);
    expect(ran.out + ran.err).toMatch(/guest:(?:\\?\*){3}@mq/);
    expect(ran.out + ran.err).not.toContain('hunter2');
  }
});
