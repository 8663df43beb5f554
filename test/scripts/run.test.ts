import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../../scripts/lib/steps.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'brokerloom-node-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Runs a script as a Node of `version` would: the version is replaced before the script is loaded. */
function runAs(version: string, ...args: string[]) {
  const preload = join(dir, 'version.cjs');
  const value = `{ value: { ...process.versions, node: '${version}' } }`;
  writeFileSync(preload, `Object.defineProperty(process, 'versions', ${value});\n`);
  const nodeArgs = ['--require', preload, join(root, 'scripts', 'run.js'), ...args];
  return spawnSync(process.execPath, nodeArgs, { encoding: 'utf8' });
}

it.each(['20.20.2', '22.17.1'])('says in one line that Node %s is too old', (version) => {
  const { status, stderr } = runAs(version, 'test', 'nothing');
  expect(status).toBe(2);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining(`need Node 22.18 or newer; this is ${version}`),
  ]);
});

it.each(['22.18.0', '24.0.0'])('runs the script with its arguments on Node %s', (version) => {
  const { status, stderr } = runAs(version, 'test', 'nothing');
  expect(status).toBe(2);
  expect(stderr.trim()).toBe(
    'no such part: nothing; there are checks, unit, property, workspace, brokers, e2e',
  );
});
