import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const shared = [
  'build',
  'core',
  'examples',
  'generators',
  'renderer',
  'runtime',
  'templates',
  'package-lock.json',
];

const targets = {
  desktop: {
    result: 'out/renderer/index.html',
    sources: [...shared, 'disk', 'electron'],
    command: ['electron-vite/bin/electron-vite.js', 'build', '--config', 'build/electron.vite.ts'],
  },
  web: {
    result: 'dist-web/index.html',
    sources: shared,
    command: ['vite/bin/vite.js', 'build', '--config', 'build/vite.web.ts'],
  },
} as const;

/** Builds the desktop app or the web app unless its last build is newer than every source. Throws what the build said. */
export async function ensureBuilt(target: keyof typeof targets): Promise<void> {
  const { result, sources, command } = targets[target];
  const built = modified(join(root, result));
  if (sources.every((source) => modified(join(root, source)) < built)) return;
  const [script, ...args] = command;
  try {
    await promisify(execFile)(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`LOOM_BUILD The ${target} app could not be built.\n${output}`);
  }
}

/** Newest modification below a path, in ms since 1970; 0 when there is nothing. */
function modified(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  // A folder's own time tells of files removed from it.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => modified(join(path, name))));
}
