import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ContentHash } from '../../../core/contract/ipc.ts';
import { type Content, errno, FileProblem, hashOf, readContent } from './content.ts';

export type SaveOutcome =
  | { readonly status: 'saved'; readonly hash: ContentHash }
  | { readonly status: 'conflict'; readonly disk: Content | null };

/**
 * Saves `text` if the disk still holds what the edit started from (`baseHash`; null: no file), else reports what is
 * there. Throws {@link FileProblem} when the file cannot be written; the old content is then intact.
 *
 * Between the comparison and the rename another program may still write; POSIX has no compare-and-rename, so the
 * window is made small (one rename), not closed.
 */
export async function saveContent(
  path: string,
  text: string,
  baseHash: ContentHash | null,
): Promise<SaveOutcome> {
  const target = await followLinks(path);
  const bytes = Buffer.from(text, 'utf8');
  const hash = hashOf(bytes);
  const temporary = await stage(target, bytes);
  const disk = await readContent(target).catch(async (problem) => {
    await rm(temporary, { force: true });
    throw problem;
  });
  if ((disk?.hash ?? null) !== baseHash && disk?.hash !== hash) {
    await rm(temporary, { force: true });
    return { status: 'conflict', disk };
  }
  await commit(temporary, target);
  return { status: 'saved', hash };
}

/** Writes without comparing: for files that only the app itself writes, and for a place the user just confirmed. */
export async function replaceContent(path: string, text: string): Promise<ContentHash> {
  const target = await followLinks(path);
  const bytes = Buffer.from(text, 'utf8');
  await commit(await stage(target, bytes), target);
  return hashOf(bytes);
}

/** A rename onto a symbolic link would replace the link; the file it points to is what the user means. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errno(error) === 'ENOENT')
      return join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path));
    throw unwritable(error);
  }
}

/** Writes and fsyncs a temporary file in the target's folder, with the target's mode and owner. Returns its path. */
async function stage(target: string, bytes: Buffer): Promise<string> {
  const old = await stat(target).catch(() => null);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  let file: FileHandle | undefined;
  try {
    // A rename replaces even a read-only file, which is not what its owner wants.
    if (old) await access(target, constants.W_OK);
    file = await open(temporary, 'wx', 0o666);
    if (old) {
      await file.chmod(old.mode & 0o7777);
      // Only a privileged user may give files away; for all others the owner is the same already.
      await file.chown(old.uid, old.gid).catch(() => undefined);
    }
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    return temporary;
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw unwritable(error);
  }
}

/** Puts the staged file in the target's place and makes the rename itself durable. */
async function commit(temporary: string, target: string): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw unwritable(error);
  }
  // Windows cannot open folders; its rename is journalled by the file system.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(target), constants.O_RDONLY);
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder; they make the rename durable in their own way.
    if (!['EINVAL', 'ENOTSUP'].includes(errno(error))) throw notDurable(error);
  } finally {
    await folder.close();
  }
}

const notDurable = (error: unknown) =>
  new FileProblem(
    'LOOM_FILE_NOT_DURABLE',
    `The file was written, but the disk did not confirm it (${errno(error)}). Save again, or to another disk.`,
  );

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota is used up',
  ENOENT: 'its folder is gone',
};

function unwritable(error: unknown): FileProblem {
  const code = errno(error);
  return new FileProblem(
    'LOOM_FILE_UNWRITABLE',
    `The file was not saved: ${reasons[code] ?? code}. The file on disk is unchanged and your edits are kept; save to another place or try again.`,
  );
}
