import { isUtf8 } from 'node:buffer';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnDisk, OutputFile, Situation } from './decide.ts';
import { basePath, type Manifest, offeredPath } from './manifest.ts';
import { toLf } from './merge.ts';
import { FolderGuard } from './paths.ts';
import { errno, type FileProblem, fileProblem, ioProblem } from './problem.ts';

/** Ends a pool of reads at the first path that is not safe to read. */
export class Refused extends Error {
  readonly problem: FileProblem;
  constructor(problem: FileProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads below an output folder, never through a symbolic link. */
export class Reader {
  readonly #out: string;
  readonly #guard: FolderGuard;

  constructor(out: string) {
    this.#out = out;
    this.#guard = new FolderGuard(out);
  }

  async situation(
    path: string,
    fresh: OutputFile | undefined,
    old: Manifest | undefined,
  ): Promise<Situation> {
    const [disk, base, offered] = await Promise.all([
      this.onDisk(path),
      this.text(basePath(path)),
      this.text(offeredPath(path)),
    ]);
    return {
      path,
      fresh: fresh && { ...fresh, content: toLf(fresh.content) },
      disk,
      tracked: old?.files.get(path),
      base: base === undefined ? undefined : toLf(base),
      offered: offered === undefined ? undefined : toLf(offered),
      beside: await this.onDisk(`${path}.new`),
    };
  }

  async text(path: string): Promise<string | undefined> {
    const disk = await this.onDisk(path);
    return disk === null || disk === 'opaque' ? undefined : disk.text;
  }

  async onDisk(path: string): Promise<OnDisk> {
    const folder = await this.#guard.check(path);
    if (folder) throw new Refused(folder);
    const full = join(this.#out, path);
    try {
      const stat = await lstat(full);
      if (!stat.isFile()) {
        const what = stat.isSymbolicLink()
          ? 'a symbolic link'
          : stat.isDirectory()
            ? 'a folder'
            : 'a device or pipe';
        const message = `This is ${what}, not a file.`;
        throw new Refused(
          fileProblem('LOOM_PATH', full, message, 'Move it away; a generated file belongs here.'),
        );
      }
      const bytes = await readFile(full);
      return isUtf8(bytes) ? { text: bytes.toString('utf8') } : 'opaque';
    } catch (error) {
      if (errno(error) === 'ENOENT') return null;
      throw error instanceof Refused ? error : new Refused(ioProblem(full, error));
    }
  }
}
