import { mkdir, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import { syncFolder, writeSynced } from './atomic.ts';
import type { OnDisk } from './decide.ts';
import { basePath, manifestPath, offeredPath, printManifest } from './manifest.ts';
import { bookkeeping } from './paths.ts';
import type { Step, WritePlan } from './plan.ts';
import { pooled } from './pool.ts';
import { errno, type FileProblem, fileProblem, ioProblem } from './problem.ts';
import { Reader, Refused } from './reader.ts';

/** A file to put in place; `undefined` removes it. */
interface Operation {
  readonly path: string;
  readonly text: string | undefined;
}

/**
 * Carries out a plan. Everything is written to a staging folder first and then renamed into place: the workspace's
 * files, then the pristine copies, the manifest last. A crash at any moment leaves each file old or new, and the next
 * run completes the work: a pristine copy never gets ahead of its file.
 *
 * Refuses, with nothing changed, when a file is no longer what the plan saw, or another run is writing there.
 */
export async function applyWrite(plan: WritePlan): Promise<Result<void, readonly FileProblem[]>> {
  const phases = phasesOf(plan);
  if (phases.flat().length === 0) return ok(undefined);
  let stage: string | undefined;
  try {
    const stale = await staleFiles(plan);
    if (stale.length > 0) return fail(stale);
    await mkdir(join(plan.out, bookkeeping), { recursive: true });
    const busy = await clearStages(plan.out);
    if (busy) return fail([busy]);
    stage = join(plan.out, bookkeeping, `${stagePrefix}${process.pid}`);
    await mkdir(stage);
    const staged = await stageAll(plan.out, stage, phases.flat());
    for (const phase of phases) await putInPlace(plan.out, phase, staged);
    return ok(undefined);
  } catch (error) {
    if (error instanceof Refused) return fail([error.problem]);
    const path = error instanceof Error && 'path' in error ? String(error.path) : plan.out;
    return fail([ioProblem(path, error)]);
  } finally {
    if (stage) await rm(stage, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The operations in the order that keeps a crash harmless. */
function phasesOf({
  steps,
  manifest,
}: WritePlan): [files: Operation[], copies: Operation[], manifest: Operation[]] {
  const files: Operation[] = [];
  const copies: Operation[] = [];
  for (const { situation, decision } of steps) {
    const { path } = situation;
    const { status, before, after } = decision.change;
    if (status === 'deleted') files.push({ path, text: undefined });
    else if (status !== 'conflict' && after !== undefined && after !== before)
      files.push({ path, text: after });
    if (decision.beside === 'write') files.push({ path: `${path}.new`, text: decision.offered });
    if (decision.beside === 'delete') files.push({ path: `${path}.new`, text: undefined });
    if (decision.base !== situation.base) copies.push({ path: basePath(path), text: decision.base });
  }
  // What was offered becomes the base of the next merge, so it is forgotten only when the base stands.
  const offers = steps.flatMap(({ situation, decision }) =>
    decision.offered === situation.offered
      ? []
      : [{ path: offeredPath(situation.path), text: decision.offered }],
  );
  const text = printManifest(manifest.after);
  const last = text === manifest.before ? [] : [{ path: manifestPath, text }];
  return [files, [...copies, ...offers], last];
}

/** Files that were changed between plan and apply, for example by an editor while a preview was open. */
async function staleFiles({ out, steps, manifest }: WritePlan): Promise<FileProblem[]> {
  const reader = new Reader(out);
  const same = (a: OnDisk, b: OnDisk) =>
    a === b || (a !== null && b !== null && a !== 'opaque' && b !== 'opaque' && a.text === b.text);
  const changed = await pooled(steps, async ({ situation: { path, disk, beside } }: Step) => [
    ...(same(await reader.onDisk(path), disk) ? [] : [path]),
    ...(same(await reader.onDisk(`${path}.new`), beside) ? [] : [`${path}.new`]),
  ]);
  if ((await reader.text(manifestPath)) !== manifest.before) changed.push([manifestPath]);
  return changed
    .flat()
    .map((path) =>
      fileProblem(
        'LOOM_IO',
        join(out, path),
        'The file was changed meanwhile; nothing was written.',
        'Generate again.',
      ),
    );
}

const stagePrefix = 'stage-';

/** Removes what crashed runs left; the problem when another run is alive. */
async function clearStages(out: string): Promise<FileProblem | undefined> {
  const folder = join(out, bookkeeping);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(stagePrefix)) continue;
    const pid = Number(name.slice(stagePrefix.length));
    if (pid !== process.pid && isAlive(pid)) {
      return fileProblem(
        'LOOM_IO',
        join(folder, name),
        'Another run is writing to this folder; nothing was written.',
        `Wait for process ${pid} to end. If it is not a run of this program, delete this folder.`,
      );
    }
    await rm(join(folder, name), { recursive: true, force: true });
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errno(error) === 'EPERM';
  }
}

/** Writes every text under a number of its own; returns the staged path of each operation. */
async function stageAll(
  out: string,
  stage: string,
  operations: readonly Operation[],
): Promise<ReadonlyMap<Operation, string>> {
  const staged = new Map<Operation, string>();
  for (const operation of operations)
    if (operation.text !== undefined) staged.set(operation, join(stage, String(staged.size)));
  await pooled(staged, ([{ path, text = '' }, at]) => writeSynced(at, text, join(out, path)));
  return staged;
}

async function putInPlace(
  out: string,
  operations: readonly Operation[],
  staged: ReadonlyMap<Operation, string>,
): Promise<void> {
  const folders = new Set(operations.map(({ path }) => dirname(join(out, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const operation of operations) {
    const target = join(out, operation.path);
    const from = staged.get(operation);
    if (from !== undefined) await rename(from, target);
    else await unlink(target).catch(ignoreMissing);
  }
  for (const folder of folders) await syncFolder(folder);
  for (const { path, text } of operations) if (text === undefined) await removeEmpty(out, dirname(path));
}

/** Removes the folders that a deleted file leaves empty. */
async function removeEmpty(out: string, folder: string): Promise<void> {
  for (let at = folder; at !== '.'; at = dirname(at)) {
    try {
      await rmdir(join(out, at));
    } catch (error) {
      if (errno(error) === 'ENOENT') continue;
      return;
    }
  }
}

const ignoreMissing = (error: unknown): void => {
  if (errno(error) !== 'ENOENT') throw error;
};
