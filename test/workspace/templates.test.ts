import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { templateList } from '../../examples/templates.ts';
import { generated } from '../generators/support.ts';
import { writeTree } from '../generators/write.ts';
import { Workspace } from './support.ts';

/** Templates whose workspaces have no test of their own. */
const alone = new Set(['work-queue', 'event-log', 'fulfilment', 'orders', 'ledger']);
const all = templateList.filter(({ id, exercise }) => !exercise && !alone.has(id));

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** All workspaces side by side below one folder: their packages are installed once, and checked by one compiler. */
let workspaces: Workspace;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brokerloom-templates-'));
  const manifests = all.map(({ id, text }) => {
    writeTree(join(folder, id), generated(text));
    return JSON.parse(readFileSync(join(folder, id, 'package.json'), 'utf8')) as Manifest;
  });
  const parts = ['contracts', 'messaging', 'services/*'];
  writeJson('package.json', {
    name: 'templates',
    private: true,
    type: 'module',
    workspaces: all.flatMap(({ id }) => parts.map((part) => `${id}/${part}`)),
    devDependencies: Object.assign({}, ...manifests.map(({ devDependencies }) => devDependencies)),
  });
  const options = JSON.parse(readFileSync(join(folder, all[0]?.id ?? '', 'tsconfig.json'), 'utf8'));
  const include = (options.include as string[]).flatMap((part) => all.map(({ id }) => `${id}/${part}`));
  writeJson('tsconfig.json', { ...options, include });
  workspaces = Workspace.in(folder);
  const { code, output } = await workspaces.run(
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  );
  if (code !== 0) throw new Error(output);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(join(folder, path), JSON.stringify(value, undefined, 2));

test('the workspaces of all templates type-check with the client libraries of their brokers', async () => {
  const { code, output } = await workspaces.run('npx', 'tsc', '--noEmit');
  expect(output).not.toContain('error');
  expect(code).toBe(0);
});

test('and pass their own tests on brokers in memory', async () => {
  const tests = all.map(({ id }) => `${id}/services/*/test/**/*.test.ts`);
  const { code, output } = await workspaces.run('node', '--test', ...tests);
  expect(output).toMatch(/fail 0\b/);
  expect(output).toMatch(/skipped 0\b/);
  expect(Number(/pass (\d+)/.exec(output)?.[1])).toBeGreaterThan(3 * all.length);
  expect(code).toBe(0);
});
