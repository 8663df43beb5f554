import type { Problem, ProblemCode } from '../core/result.ts';

/** A problem with a file or folder, named as the user named it. */
export interface FileProblem extends Problem {
  readonly file: string;
}

export const fileProblem = (
  code: ProblemCode,
  file: string,
  message: string,
  hint?: string,
): FileProblem => ({ code, file, message, ...(hint ? { hint } : {}) });

/** The operating system's code of an error, such as `ENOENT`; its text when it has none. */
export const errno = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);

const reasons: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ['There is no such file.', 'Check the path.'],
  ENOTDIR: ['A part of the path is a file, not a folder.', 'Check the path.'],
  EACCES: ['Permission is denied.', 'Change the permissions, or choose another place.'],
  EPERM: ['The operation is not permitted.', 'Change the permissions, or choose another place.'],
  EROFS: ['The disk is read-only.', 'Choose another place.'],
  ENOSPC: ['The disk is full.', 'Free some space and try again; nothing was lost.'],
  EDQUOT: ['The disk quota is used up.', 'Free some space and try again; nothing was lost.'],
  ELOOP: ['The path has too many symbolic links.', 'Check the path.'],
  ENAMETOOLONG: ['The path is too long for this disk.', 'Choose a shorter one.'],
};

/** What the operating system refused, in words. */
export function ioProblem(file: string, error: unknown): FileProblem {
  const code = errno(error);
  const [message, hint] = reasons[code] ?? [`The operating system refused (${code}).`, undefined];
  return fileProblem('LOOM_IO', file, message, hint);
}
