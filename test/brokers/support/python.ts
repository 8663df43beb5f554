import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pythonVersions } from '../../../generators/workspace/versions.ts';

const run = promisify(execFile);
const cache = resolve('.brokers');

/**
 * A Python with what workers of generated workspaces need, in the versions that they ask for: `LOOM_TEST_PYTHON`, or an
 * environment under `.brokers`, which is made at the first call and after a change of the versions. Programs in it are
 * called as modules (`python -m`): scripts name the folder in which they were installed.
 */
export async function python(): Promise<string> {
  const given = process.env['LOOM_TEST_PYTHON'];
  if (given) return given;
  const wanted = Object.entries({ ...pythonVersions.runtime, ...pythonVersions.development }).map(
    ([name, version]) => `${name}==${version}`,
  );
  const hash = createHash('sha256').update(wanted.join('\n')).digest('hex').slice(0, 12);
  const folder = join(cache, `python-${hash}`);
  const executable = join(folder, 'bin/python');
  if (existsSync(folder)) return executable;
  mkdirSync(cache, { recursive: true });
  // Beside its place, and then there as a whole: another process may be at the same.
  const fresh = mkdtempSync(join(cache, 'python-'));
  try {
    await run('python3', ['-m', 'venv', fresh]);
    await run(join(fresh, 'bin/python'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...wanted,
    ]);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return executable;
}
