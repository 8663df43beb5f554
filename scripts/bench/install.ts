import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stepEnv } from '../lib/steps.ts';

/** Installs the other programs beside the project, once; they are no dependency of it. Returns their folder. */
export function installPeers(): string {
  const folder = join(root, '.peers');
  const wanted = readFileSync(join(root, 'bench', 'peers', 'package.json'), 'utf8');
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && readFileSync(manifest, 'utf8') === wanted) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, wanted);
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: folder,
    env: stepEnv(),
    stdio: 'inherit',
  });
  if (status === 0) return folder;
  // The next run tries again.
  rmSync(manifest);
  throw new Error('What the benchmarks compare with could not be installed.');
}
