import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokerloom, temporaryFolder } from '../support.ts';

interface Check {
  readonly name: string;
  readonly found: boolean;
  readonly detail: string;
}

const checks = (out: string): Record<string, Check> =>
  Object.fromEntries(JSON.parse(out).checks.map((check: Check) => [check.name, check]));

test('says what is missing, what it is needed for and what to do', async () => {
  const env = { PATH: await temporaryFolder(), DISPLAY: '', WAYLAND_DISPLAY: '' };
  const { code, out } = brokerloom(['doctor'], { env });
  expect(code).toBe(1);
  expect(out).toMatch(/^missing Docker .*not installed\n {8}needed to run .*\n {8}Install/m);
  const found = checks(brokerloom(['doctor', '--json'], { env }).out);
  expect(found).toMatchObject({
    'Node.js': { found: true, detail: expect.stringContaining(process.versions.node) },
    Docker: { found: false },
    git: { found: false },
    Display: { found: process.platform !== 'linux' },
  });
});

test('finds programs by running them', async () => {
  const bin = await temporaryFolder();
  await writeFile(join(bin, 'git'), '#!/bin/sh\necho git version 2.99.0\n');
  await writeFile(join(bin, 'docker'), '#!/bin/sh\n[ "$1" = version ] && echo 29.1.0\n');
  for (const name of ['git', 'docker']) await chmod(join(bin, name), 0o755);
  const found = checks(brokerloom(['doctor', '--json'], { env: { PATH: bin, DISPLAY: ':99' } }).out);
  expect(found).toMatchObject({
    git: { found: true, detail: 'git version 2.99.0' },
    Docker: { found: true, detail: '29.1.0' },
    'Docker Compose': { found: false },
    Display: { found: true },
  });
});
