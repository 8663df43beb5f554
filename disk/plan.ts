import { join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import { type Decision, decide, type FileChange, type OutputFile, type Situation } from './decide.ts';
import { type Manifest, manifestPath, parseManifest } from './manifest.ts';
import { checkPaths, resolveOut } from './paths.ts';
import { pooled } from './pool.ts';
import { type FileProblem, fileProblem, ioProblem } from './problem.ts';
import { Reader, Refused } from './reader.ts';

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
