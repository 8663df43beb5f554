import { constants } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import { errno, type FileProblem, fileProblem, ioProblem } from './problem.ts';

/**
 * Replaces the content of a file such that a crash at any moment leaves the old content or the new, never a part:
 * temporary file in the same folder, fsync, rename, fsync of the folder. A symbolic link is followed, mode and owner
 * stay. When it fails, the old content is intact.
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array,
): Promise<Result<void, FileProblem>> {
  let temporary: string | undefined;
  try {
    // A rename onto a link would replace the link; the file it points to is what is meant.
    const target = await realpath(path).catch((error) => {
      if (errno(error) === 'ENOENT') return path;
      throw error;
    });
    const { randomBytes } = await import('node:crypto');
    temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    await writeSynced(temporary, content, target);
    await rename(temporary, target);
    await syncFolder(dirname(target));
    return ok(undefined);
  } catch (error) {
    if (temporary) await rm(temporary, { force: true }).catch(() => undefined);
    return fail(ioProblem(path, error));
  }
}

/** Writes a file that does not exist yet; one that does is never overwritten. */
export async function writeNew(path: string, text: string): Promise<Result<void, FileProblem>> {
  try {
    await writeSynced(path, text);
    await syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    if (errno(error) !== 'EEXIST') return fail(ioProblem(path, error));
    return fail(
      fileProblem(
        'LOOM_PATH',
        path,
        'This file exists and is not overwritten.',
        'Name another file with --out.',
      ),
    );
  }
}

/**
 * Writes a file that does not exist yet, durable when it returns. Throws on failure.
 * @param like Existing file whose mode and owner the new one gets.
 */
export async function writeSynced(path: string, content: string | Uint8Array, like?: string): Promise<void> {
  const model = like === undefined ? undefined : await stat(like).catch(() => undefined);
  // A rename would replace even a read-only file, which is not what its owner wants.
  if (like !== undefined && model) await access(like, constants.W_OK);
  const file: FileHandle = await open(path, 'wx', 0o666);
  try {
    if (model) {
      await file.chmod(model.mode & 0o7777);
      // Only a privileged user may give files away; for all others the owner is the same already.
      await file.chown(model.uid, model.gid).catch(() => undefined);
    }
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open folders; its file system journals renames.
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder and make renames durable in their own way.
    if (!['EINVAL', 'ENOTSUP'].includes(errno(error))) throw error;
  } finally {
    await folder.close();
  }
}
