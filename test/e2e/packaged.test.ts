import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { end, startDisplay } from './support/display.ts';
import { root } from './support/root.ts';
import { electronWithApp } from './support/runtime.ts';

const config = parse(await readFile(join(root, 'build', 'electron-builder.yml'), 'utf8'));
let folder: string;
let binary: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-packaged-'));
  const runtime = join(folder, 'runtime');
  await cp(join(await electronWithApp(), '..'), runtime, { recursive: true });
  await rm(join(runtime, 'resources', 'app'), { recursive: true });
  // This fuse came after Electron 25, the runtime of these tests; the configuration is checked for it below.
  const { grantFileProtocolExtraPrivileges: _newer, ...electronFuses } = config.electronFuses;
  const here = { ...config, electronFuses, directories: { output: join(folder, 'release') } };
  const file = join(folder, 'config.json');
  await writeFile(file, JSON.stringify({ ...here, electronDist: runtime, electronVersion: '25.1.1' }));
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  await promisify(execFile)(process.execPath, [cli, '--linux', 'dir', '--config', file], { cwd: root });
  binary = join(folder, 'release', 'linux-unpacked', 'brokerloom');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the packaged binary has its fuses set', async () => {
  expect(fusesOf(await readFile(binary))).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
  });
  expect(config.electronFuses.grantFileProtocolExtraPrivileges).toBe(false);
});

test('the packaged app opens its window', async () => {
  const display = await startDisplay();
  const args = [
    `--user-data-dir=${join(folder, 'user')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const app = spawn(binary, args, { env: { ...process.env, DISPLAY: display.name } });
  try {
    let output = '';
    const shown = new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (output.includes('brokerloom: window shown')) resolve('shown');
      };
      app.stdout.on('data', read);
      app.stderr.on('data', read);
      app.once('close', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
    });
    expect(await shown).toBe('shown');
  } finally {
    await end(app, 'SIGKILL');
    await display.stop();
  }
});

/**
 * Reads the fuse wire: a sentinel, one byte each for version and number of fuses, then one digit per fuse.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
function fusesOf(binary: Buffer): Record<string, boolean> {
  const names = [
    'RunAsNode',
    'EnableCookieEncryption',
    'EnableNodeOptionsEnvironmentVariable',
    'EnableNodeCliInspectArguments',
    'EnableEmbeddedAsarIntegrityValidation',
    'OnlyLoadAppFromAsar',
    'LoadBrowserProcessSpecificV8Snapshot',
  ];
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const start = binary.indexOf(sentinel) + sentinel.length;
  const count = binary.readUInt8(start + 1);
  const wire = binary.toString('latin1', start + 2, start + 2 + count);
  return Object.fromEntries(
    [...wire].map((digit, index) => [names[index] ?? `fuse ${index}`, digit === '1']),
  );
}
