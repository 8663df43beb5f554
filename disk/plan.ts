import { isUtf8 } from 'node:buffer';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import {
  type Decision,
  decide,
  type FileChange,
  type OnDisk,
  type OutputFile,
  type Situation,
} from './decide.ts';
import { basePath, type Manifest, manifestPath, offeredPath, parseManifest } from './manifest.ts';
import { toLf } from './merge.ts';
import { checkPaths, FolderGuard, resolveOut } from './paths.ts';
import { pooled } from './pool.ts';
import { errno, type FileProblem, fileProblem, ioProblem } from './problem.ts';

/** Files by path relative to the output folder, with `/` between parts. */
export type OutputTree = ReadonlyMap<string, OutputFile>;

/** What `generate` would do to a folder. It is computed without touching the folder. */
export interface WritePlan {
  /** Real path of the output folder, which may not exist yet. */
  readonly out: string;
  /** Every file of the tree and every file that is no longer in it, by path. */
  readonly changes: readonly FileChange[];
  readonly steps: readonly Step[];
  readonly manifest: { readonly before: string | undefined; readonly after: Manifest };
}

/** What was found for one path and what was decided. */
export interface Step {
  readonly situation: Situation;
  readonly decision: Decision;
}

export interface PlanOptions {
  /** Version of the generator, for the manifest. */
  readonly generator: string;
  /** Path of the design file; its own folder is refused as output. */
  readonly design?: string;
}

/** Compares a generated tree with a folder. Refuses paths and folders that are not safe to write. */
export async function planWrite(
  out: string,
  tree: OutputTree,
  options: PlanOptions,
): Promise<Result<WritePlan, readonly FileProblem[]>> {
  const unsafe = checkPaths(out, tree.keys());
  if (unsafe.length > 0) return fail(unsafe);
  const folder = await resolveOut(out, options.design);
  if (!folder.ok) return fail([folder.error]);
  const reader = new Reader(folder.value);
  try {
    const before = await reader.text(manifestPath);
    const old = before === undefined ? undefined : parseManifest(before);
    if (before !== undefined && !old) return fail([brokenManifest(folder.value)]);
    const paths = [...new Set([...tree.keys(), ...(old?.files.keys() ?? [])])].sort();
    const steps = await pooled(paths, async (path): Promise<Step> => {
      const situation = await reader.situation(path, tree.get(path), old);
      return { situation, decision: decide(situation) };
    });
    const files = new Map(
      steps.flatMap(({ situation, decision }) =>
        decision.tracked ? [[situation.path, decision.tracked] as const] : [],
      ),
    );
    return ok({
      out: folder.value,
      changes: steps
        .filter(({ situation }) => situation.fresh || situation.disk !== null)
        .map(({ decision }) => decision.change),
      steps,
      manifest: { before, after: { generator: options.generator, files } },
    });
  } catch (error) {
    return fail([error instanceof Refused ? error.problem : ioProblem(out, error)]);
  }
}

const brokenManifest = (out: string): FileProblem =>
  fileProblem(
    'LOOM_IO',
    join(out, manifestPath),
    'The manifest cannot be read.',
    'Restore it from version control; without it (delete it) every file that differs gets a .new beside it.',
  );

/** Whether `generate` would change the workspace. */
export const isStale = (plan: WritePlan): boolean =>
  plan.changes.some(({ status }) => status !== 'unchanged' && status !== 'kept');

/** Ends planning from within a pool of reads. */
class Refused extends Error {
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

/** Names of the files and folders in a folder; none where it does not exist. */
export const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error) => {
    if (errno(error) === 'ENOENT') return [];
    throw error;
  });
