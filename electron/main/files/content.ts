import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ContentHash, maxDesignBytes } from '../../../core/contract/ipc.ts';

/** Text of a file with the hash of the very bytes it was decoded from. */
export interface Content {
  readonly text: string;
  readonly hash: ContentHash;
}

/** A file that cannot be opened or saved. `message` is written for the user: what happened and what to do. */
export class FileProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const hashOf = (content: Uint8Array | string): ContentHash =>
  createHash('sha256').update(content).digest('hex');

/**
 * Reads a design: a regular file of at most {@link maxDesignBytes} bytes of valid UTF-8.
 * Returns null when there is no such file; throws {@link FileProblem} for everything else that cannot be opened.
 */
export async function readContent(path: string): Promise<Content | null> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK (absent on Windows), opening a FIFO waits for a writer, perhaps for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (errno(error) === 'ENOENT' || errno(error) === 'ENOTDIR') return null;
    throw new FileProblem('LOOM_FILE_UNREADABLE', `The file cannot be opened (${errno(error)}).`);
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new FileProblem('LOOM_FILE_KIND', 'This is not a regular file.');
    if (stat.size > maxDesignBytes) throw tooLarge();
    const bytes = await readAtMost(file, maxDesignBytes + 1);
    if (bytes.length > maxDesignBytes) throw tooLarge();
    return { text: decode(bytes), hash: hashOf(bytes) };
  } finally {
    await file.close();
  }
}

const tooLarge = () =>
  new FileProblem('LOOM_FILE_TOO_LARGE', `The file is larger than ${maxDesignBytes / 1024 / 1024} MiB.`);

/** Reads up to `limit` bytes: a file can grow between `stat` and `read`. */
async function readAtMost(file: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.alloc(Math.min(1024 * 1024, limit - length));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    // A byte order mark stays in the text, so that saving without an edit gives the same bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileProblem(
      'LOOM_FILE_ENCODING',
      'The file is not valid UTF-8. Convert it to UTF-8 and open it again.',
    );
  }
}

/** The operating system's code of an error (`ENOENT`, `EACCES` …), or its text when it has none. */
export function errno(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : String(error);
}
