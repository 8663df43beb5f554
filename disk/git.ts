import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/text/limits.ts';
import { errno, type FileProblem, fileProblem } from './problem.ts';

/**
 * The text that a file has in a revision of its git repository; `undefined` where the revision does not have it.
 * @param revision Anything that git takes for a commit. It reaches git as an argument that cannot be an option.
 */
export async function readRevision(
  path: string,
  revision: string,
): Promise<Result<string | undefined, FileProblem>> {
  const { execFile } = await import('node:child_process');
  const run = promisify(execFile);
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: dirname(path), maxBuffer: limits.characters, encoding: 'utf8' })).stdout;
  let commit: string;
  try {
    commit = (
      await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)
    ).trim();
  } catch (error) {
    const message =
      errno(error) === 'ENOENT'
        ? 'git is not installed, or the folder of the file is not there.'
        : `${JSON.stringify(revision)} is neither a file nor a revision of the git repository of this file.`;
    return fail(
      fileProblem('LOOM_USAGE', path, message, 'Fetch the revision, or name a file to compare with.'),
    );
  }
  try {
    return ok(await git('show', `${commit}:./${basename(path)}`));
  } catch (error) {
    if (errno(error) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
      return fail(fileProblem('LOOM_LIMIT', path, `The file is too large in ${revision}.`));
    return ok(undefined);
  }
}
