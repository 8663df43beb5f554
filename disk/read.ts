import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '../core/result.ts';
import { limits } from '../core/text/limits.ts';
import { positionAt } from '../core/text/position.ts';
import { type FileProblem, fileProblem, ioProblem } from './problem.ts';

/** Bytes of the largest file that is read; the limit on characters is checked when the text is parsed. */
const maxBytes = limits.characters;

/**
 * Reads the text of a design: a regular file of at most 10 MB of valid UTF-8. A byte order mark stays in the text, so
 * that writing it back gives the same bytes. Never throws and never waits for a FIFO or a device.
 */
export async function readDesign(path: string): Promise<Result<string, FileProblem>> {
  let file: FileHandle | undefined;
  try {
    // Opening a FIFO without O_NONBLOCK (which Windows lacks) waits for its writer, perhaps for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await file.stat();
    if (!stat.isFile()) {
      const what = stat.isDirectory() ? 'a folder' : 'a device or pipe';
      return fail(fileProblem('LOOM_IO', path, `This is ${what}, not a file.`, 'Name a design file.'));
    }
    const bytes = await readAtMost(file, maxBytes + 1);
    return bytes.length > maxBytes ? fail(tooLarge(path)) : decode(path, bytes);
  } catch (error) {
    return fail(ioProblem(path, error));
  } finally {
    await file?.close().catch(() => undefined);
  }
}

const tooLarge = (path: string): FileProblem =>
  fileProblem(
    'LOOM_LIMIT',
    path,
    `The file is larger than ${maxBytes / 1_000_000} MB.`,
    'Split the design into several files.',
  );

/** Reads until the end or the limit; a file can grow after its size was asked for, and `/proc` files say 0. */
async function readAtMost(file: FileHandle, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.alloc(Math.min(256 * 1024, limit - length));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

function decode(path: string, bytes: Buffer): Result<string, FileProblem> {
  const utf16 = bytes.length >= 2 && [0xfffe, 0xfeff].includes(bytes.readUInt16BE(0));
  if (utf16) {
    return fail(
      fileProblem('LOOM_SYNTAX', path, 'The file is UTF-16; a design is UTF-8.', 'Save it as UTF-8.'),
    );
  }
  if (isUtf8(bytes)) return ok(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const text = bytes.toString('utf8');
  return fail({
    ...fileProblem('LOOM_SYNTAX', path, 'The file is not valid UTF-8.', 'Save it as UTF-8.'),
    // Decoding puts this character where the bytes make no sense.
    at: positionAt(text, text.indexOf('\uFFFD')),
  });
}
