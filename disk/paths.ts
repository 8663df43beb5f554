import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, parse, relative, resolve, sep } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import { errno, type FileProblem, fileProblem, ioProblem } from './problem.ts';

/** Folder in the output that holds the manifest and the pristine copies. */
export const bookkeeping = '.brokerloom';

/** Device names that Windows does not allow as file names. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;
/** Files whose content other programs obey or that hold secrets; no generator has business there. */
const foreign = new Set(['.git', '.npmrc', '.env']);

/** Why a path of an output tree (relative, `/` between parts) may not be written; `undefined` when it may. */
export function pathFault(path: string): string | undefined {
  const parts = path.split('/');
  if (parts[0] === bookkeeping) return 'it lies in the folder of the manifest';
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') return 'it is not a plain relative path';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (/[\u0000-\u001f\u007f\\:*?"<>|%]/.test(part))
      return 'it has a character that file systems treat specially';
    if (/[. ]$/.test(part)) return 'a part ends with a dot or a space';
    if (devices.test(part)) return 'a part is the name of a device';
    if (foreign.has(part.toLowerCase())) return `${part} is not ours to write`;
    if (Buffer.byteLength(part) > 255) return 'a part is longer than 255 bytes';
  }
  return undefined;
}

/** Refuses a tree with a path that could leave the output or hit another one on a disk that ignores case. */
export function checkPaths(out: string, paths: Iterable<string>): FileProblem[] {
  const seen = new Map<string, string>();
  const found: FileProblem[] = [];
  for (const path of paths) {
    const fault = pathFault(path);
    const folded = path.normalize('NFC').toLowerCase();
    const twin = seen.get(folded);
    seen.set(folded, path);
    if (fault === undefined && twin === undefined) continue;
    found.push(
      fileProblem(
        'LOOM_PATH',
        out,
        `The path ${JSON.stringify(path)} is refused: ${fault ?? `it differs from ${twin} only in case`}.`,
        'Rename the element it is made from.',
      ),
    );
  }
  return found;
}

/**
 * The real path of an output folder, which need not exist yet. Refused are folders in which generated files could do
 * harm: a symbolic link, the root, the home folder, anything inside `.git`, and folders that hold the design.
 */
export async function resolveOut(out: string, design?: string): Promise<Result<string, FileProblem>> {
  const refuse = (why: string) =>
    fail(fileProblem('LOOM_PATH', out, `The output folder is refused: ${why}.`, 'Name a folder of its own.'));
  try {
    const given = resolve(out);
    const link = await lstat(given).catch(absent);
    if (link?.isSymbolicLink()) return refuse('it is a symbolic link');
    if (link && !link.isDirectory()) return refuse('it is a file');
    const real = await realOf(given);
    if (real === parse(real).root) return refuse('it is the root of the disk');
    if (holds(real, await realOf(homedir()))) return refuse('it is or contains your home folder');
    if (design !== undefined && holds(real, await realOf(dirname(resolve(design)))))
      return refuse("it is or contains the design's own folder");
    if (real.split(sep).some((part) => part.toLowerCase() === '.git')) return refuse('it lies inside .git');
    return ok(real);
  } catch (error) {
    return fail(ioProblem(out, error));
  }
}

/** The real path of the part that exists, and the rest as written. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errno(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realOf(dirname(path)), basename(path));
  }
}

/** Whether `inner` is `folder` or lies below it. */
const holds = (folder: string, inner: string): boolean => {
  const way = relative(folder, inner);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || parse(way).root !== '');
};

const absent = (error: unknown): undefined => {
  if (errno(error) === 'ENOENT') return undefined;
  throw error;
};

/** Looks at the folders between the output and its files, each once: one that is a link or a file is refused. */
export class FolderGuard {
  readonly #out: string;
  readonly #seen = new Map<string, Promise<FileProblem | undefined>>();

  constructor(out: string) {
    this.#out = out;
  }

  /** The problem with the folders of `path` (relative to the output), if there is one. */
  check(path: string): Promise<FileProblem | undefined> {
    const slash = path.lastIndexOf('/');
    if (slash < 0) return Promise.resolve(undefined);
    const folder = path.slice(0, slash);
    let result = this.#seen.get(folder);
    if (!result) {
      result = this.check(folder).then((above) => above ?? this.#look(folder));
      this.#seen.set(folder, result);
    }
    return result;
  }

  async #look(folder: string): Promise<FileProblem | undefined> {
    const path = join(this.#out, folder);
    try {
      const stat = await lstat(path).catch(absent);
      if (!stat || stat.isDirectory()) return undefined;
      const what = stat.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
      return fileProblem('LOOM_PATH', path, `This is ${what}.`, 'Move it away; generated files belong here.');
    } catch (error) {
      return ioProblem(path, error);
    }
  }
}
