import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ContentHash } from '../../../core/contract/ipc.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import { type FileProblem, readDesign, writeAtomic } from '../../../disk/index.ts';

/** Text of a file with the hash of its bytes. */
export interface Content {
  readonly text: string;
  readonly hash: ContentHash;
}

export const hashOf = (text: string): ContentHash => createHash('sha256').update(text, 'utf8').digest('hex');

/** Reads a design; null when there is no such file. */
export async function readContent(path: string): Promise<Result<Content | null, FileProblem>> {
  const missing = await stat(path).then(
    () => false,
    (error) => ['ENOENT', 'ENOTDIR'].includes(error.code),
  );
  if (missing) return ok(null);
  const read = await readDesign(path);
  return read.ok ? ok({ text: read.value, hash: hashOf(read.value) }) : read;
}

export type SaveOutcome =
  | { readonly status: 'saved'; readonly hash: ContentHash }
  | { readonly status: 'conflict'; readonly disk: Content | null };

/**
 * Saves `text` if the disk still holds what the edit started from (`base`; null: no file), else reports what is there.
 * When it fails, the old content is intact.
 *
 * Between the comparison and the rename another program may still write: file systems have no compare-and-rename.
 */
export async function saveContent(
  path: string,
  text: string,
  base: ContentHash | null,
): Promise<Result<SaveOutcome, FileProblem>> {
  const disk = await readContent(path);
  if (!disk.ok) return disk;
  const hash = hashOf(text);
  const found = disk.value?.hash ?? null;
  // The same text on disk is what the user wants, whoever wrote it.
  if (found === hash) return ok({ status: 'saved', hash });
  if (found !== base) return ok({ status: 'conflict', disk: disk.value });
  const written = await writeAtomic(path, text);
  return written.ok ? ok({ status: 'saved', hash }) : fail(written.error);
}
