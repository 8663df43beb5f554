import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Session } from '../../../core/history/session.ts';
import { bombs, brokerloom, designOf, example, filesIn, temporaryFolder } from '../support.ts';

const service = 'services/payment/src/service.ts';
const handler = 'services/payment/src/handlers/take-payment.ts';
const fulfilment = await readFile(example('fulfilment'), 'utf8');
let design: string;
let out: string;

const generate = (...options: string[]) => brokerloom(['generate', design, '--out', out, ...options]);
const read = (path: string) => readFile(join(out, path), 'utf8');

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

beforeEach(async () => {
  design = await designOf(fulfilment);
  out = join(await temporaryFolder(), 'out');
});

test('writes a workspace that --check finds current, and notices a change of the design', async () => {
  expect(generate()).toMatchObject({ code: 0, out: '' });
  expect(await readdir(out)).toEqual(
    expect.arrayContaining(['.brokerloom', 'README.md', 'docker-compose.yml', 'services']),
  );
  const written = await filesIn(out, 'nothing');
  expect(generate('--check').code).toBe(0);
  expect(generate().code).toBe(0);
  expect(await filesIn(out, 'nothing')).toEqual(written);

  await edit(design, 'prefetch: 32', 'prefetch: 33');
  const { code, err } = generate('--check');
  expect(code).toBe(1);
  expect(err).toContain(`${service}: changed`);
  expect(await filesIn(out, 'nothing')).toEqual(written);
});

test('--dry-run prints a diff that git can apply, and writes nothing', async () => {
  expect(generate('--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('+++ b/README.md') });
  expect(existsSync(out)).toBe(false);

  generate();
  await edit(design, 'prefetch: 32', 'prefetch: 33');
  const { out: patch } = generate('--dry-run');
  execFileSync('git', ['apply', '--unsafe-paths', '--directory', out, '-'], { input: patch, cwd: '/' });
  expect(await read(service)).toContain('prefetch: 33');
  expect(generate('--check').code).toBe(0);
});

test('--json says what happened to each file', () => {
  const { files, out: folder } = JSON.parse(generate('--json').out);
  expect(folder).toBe(out);
  expect(files).toContainEqual({ path: handler, ownership: 'yours', status: 'new' });
  expect(files).toContainEqual({ path: service, ownership: 'generated', status: 'new' });
});

describe('regeneration', () => {
  beforeEach(() => {
    generate();
  });

  test('keeps an edit in a part that does not change, and the files of the user', async () => {
    await edit(join(out, service), 'maxAttempts: 5,', 'maxAttempts: 5, // agreed with the bank');
    await writeFile(join(out, handler), '// my handler\n');
    await edit(design, 'prefetch: 32', 'prefetch: 33');
    const { code, err } = generate();
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('1 merged') });
    expect(await read(service)).toMatch(/prefetch: 33,[\s\S]*maxAttempts: 5, \/\/ agreed with the bank/);
    expect(await read(handler)).toBe('// my handler\n');
    expect(generate('--check').code).toBe(0);
  });

  test('an edit in a part that changes gives .new and exit code 1, until it is settled', async () => {
    await edit(join(out, service), 'prefetch: 32', 'prefetch: 64');
    const mine = await read(service);
    await edit(design, 'prefetch: 32', 'prefetch: 33');
    const { code, err } = generate();
    expect(code).toBe(1);
    expect(err).toContain(`${service}: conflict: `);
    expect(await read(service)).toBe(mine);
    expect(await read(`${service}.new`)).toContain('prefetch: 33');
    expect(generate('--check').code).toBe(1);
    expect(generate().code).toBe(1);

    await rm(join(out, `${service}.new`));
    expect(generate().code).toBe(0);
    expect(await read(service)).toBe(mine);
    expect(generate('--check').code).toBe(0);
  });

  test('removes the files of removed elements, but keeps those with edits', async () => {
    await writeFile(join(out, 'services/labels/src/handlers/print-label.ts'), '// my handler\n');
    const session = new Session(fulfilment);
    const gone = ['consumers/print-label', 'services/labels', 'flows/label'] as const;
    expect(session.run('element.delete', { addresses: gone })).toMatchObject({ ok: true });
    await writeFile(design, session.text);

    const { code, err } = generate();
    expect(code).toBe(0);
    expect(err).toContain('services/labels/src/handlers/print-label.ts: kept for you');
    expect(await filesIn(join(out, 'services/labels'))).toEqual({
      'src/handlers/print-label.ts': '// my handler\n',
    });
    expect(generate('--check').code).toBe(0);
  });
});

describe('writes nothing and gives exit code 2 for', () => {
  afterEach(() => {
    expect(existsSync(out)).toBe(false);
  });

  test.each(Object.entries(bombs))('a bomb of %s, within 2 s', async (_, text) => {
    await writeFile(design, text);
    const { code, err } = brokerloom(['generate', design, '--out', out], { within: 2_000 });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^LOOM_LIMIT /) });
  });

  test.each<[string, string, RegExp]>([
    [
      'a service name that is a path',
      fulfilment.replaceAll('tracking', '../../x'),
      /^LOOM_NAME \S+:\d+:\d+ /,
    ],
    [
      'a reference to nothing',
      fulfilment.replace('channel: payments', 'channel: paymnts'),
      /^LOOM_REFERENCE \S+:\d+:\d+ /,
    ],
    [
      'what cannot be generated yet',
      fulfilment.replace('kind: rabbitmq', 'kind: kafka'),
      /^LOOM_\w+ \S+:\d+:\d+ /,
    ],
    ['text that is cut off', `${fulfilment}\nnotes: { a: { text: "`, /^LOOM_SYNTAX \S+:\d+:\d+ /],
  ])('%s', async (_, text, problem) => {
    await writeFile(design, text);
    const { code, out: result, err } = generate();
    expect({ code, result }).toEqual({ code: 2, result: '' });
    expect(err).toMatch(problem);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('refuses as output', () => {
  test.each<[string, (folder: string) => Promise<string> | string]>([
    ['the root', () => '/'],
    ['the home folder', () => process.env['HOME'] ?? '/root'],
    ["the design's folder", () => join(design, '..')],
    [
      'a link',
      async (folder) => {
        await mkdir(join(folder, 'real'));
        await symlink('real', join(folder, 'link'));
        return join(folder, 'link');
      },
    ],
    [
      'a folder with a link in the way of a file',
      async (folder) => {
        await symlink(await temporaryFolder(), join(folder, 'services'));
        return folder;
      },
    ],
    ['a place inside .git', (folder) => join(folder, '.git', 'hooks')],
  ])('%s', async (_, path) => {
    const folder = await temporaryFolder();
    const target = await path(folder);
    const before = await filesIn(folder);
    const { code, err } = brokerloom(['generate', design, '--out', target]);
    expect(code).toBe(2);
    expect(err).toMatch(/^LOOM_PATH /);
    expect(await filesIn(folder)).toEqual(before);
  });

  test('nothing that was there: files in the way get a .new beside them', async () => {
    await mkdir(out);
    await writeFile(join(out, 'package.json'), '{ "name": "mine" }\n');
    expect(generate().code).toBe(1);
    expect(await read('package.json')).toBe('{ "name": "mine" }\n');
    expect(JSON.parse(await read('package.json.new'))).toMatchObject({ workspaces: expect.any(Array) });
  });
});
