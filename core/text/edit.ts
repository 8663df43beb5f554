import { isMap } from 'yaml';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { applyPatches, sameValue } from './apply.ts';
import { Batch } from './batch.ts';
import { applyEdits, composeEdits } from './compose.ts';
import { parse } from './parse.ts';
import type { Patch, TextEdit } from './patch.ts';
import { plan } from './plan.ts';
import type { Path, SourceMap } from './source.ts';

/**
 * Turns patches into the smallest edits of the text: only the lines that must change do, comments, quotes, line
 * breaks and unknown keys stay. Patches see the effect of those before them. The result is read back: edits that would
 * not give exactly what the patches ask for, because of an alias or an unusual layout, are refused.
 * @returns Edits of `source.text` in ascending order, or why a patch cannot be carried out; then nothing is changed.
 */
export function editText(source: SourceMap, patches: readonly Patch[]): Result<readonly TextEdit[], Problem> {
  const wanted = patches.map(withoutUndefined);
  const value = applyPatches(source.value, wanted);
  const together = plannedEdits(source, wanted, value, false);
  return together.ok || wanted.length === 1 ? together : plannedEdits(source, wanted, value, true);
}

/** @param oneByOne Whether each patch takes effect before the next is planned. */
function plannedEdits(
  source: SourceMap,
  patches: readonly Patch[],
  wanted: unknown,
  oneByOne: boolean,
): Result<readonly TextEdit[], Problem> {
  let current = source;
  let edits: readonly TextEdit[] = [];
  let batch = new Batch();
  let touched = new Set<string>();

  const flush = (): void => {
    const step = batch.edits();
    edits = composeEdits(source.text, edits, step);
    current = parse(applyEdits(current.text, step), source.cache);
    batch = new Batch();
    touched = new Set();
  };

  const pending = [...sortedLayout(patches)].reverse();
  for (let patch = pending.pop(); patch; patch = pending.pop()) {
    // Patches to different places share one parse; one that meets another waits until that has taken effect.
    if (batch.size > 0 && (oneByOne || dependsOn(touched, patch, current))) flush();
    let step = plan(current, patch);
    if (!step.ok) return step;
    if ('patches' in step.value) {
      pending.push(...[...step.value.patches].reverse());
      continue;
    }
    if (step.value.edits.some((edit) => batch.conflicts(edit, patch.path))) {
      flush();
      step = plan(current, patch);
      if (!step.ok) return step;
    }
    for (const edit of 'edits' in step.value ? step.value.edits : []) batch.add(edit, patch.path);
    touch(touched, patch.path);
  }
  if (batch.size > 0) flush();
  return reads(current, wanted) ? ok(edits) : fail(damaging(source, patches));
}

/** Whether a text can be read and has the value. */
function reads(source: SourceMap, wanted: unknown): boolean {
  if (source.limit || source.misread.length > 0) return false;
  try {
    return sameValue(source.value, wanted);
  } catch {
    return false;
  }
}

function damaging(source: SourceMap, patches: readonly Patch[]): Problem {
  const path = patches[0]?.path ?? [];
  const at = source.locate(path);
  return {
    code: 'LOOM_COMMAND',
    message: `The way ${path.join('.')} is written does not let it be changed without damage to what stands around it.`,
    hint: 'Edit it in the text; an alias may stand for it, or an anchor share it.',
    ...(at ? { at } : {}),
  };
}

const withoutUndefined = (patch: Patch): Patch =>
  patch.op === 'set' && patch.value === undefined ? { op: 'remove', path: patch.path } : patch;

const keyOf = (path: Path): string => JSON.stringify(path);
const belowKey = (path: Path): string => `${keyOf(path)}/`;

/** Remembers that a path is being changed, and that something below each path that leads to it is. */
function touch(touched: Set<string>, path: Path): void {
  touched.add(keyOf(path));
  for (let length = 1; length < path.length; length++) touched.add(belowKey(path.slice(0, length)));
}

/**
 * Whether a patch builds on one that has not taken effect: on the same path, on a path above it, or on a parent that
 * is being made. Setting what is there touches its value alone, and entries that are added to a block follow each
 * other.
 */
function dependsOn(touched: ReadonlySet<string>, { op, path }: Patch, source: SourceMap): boolean {
  if (touched.size === 0) return false;
  for (let length = 1; length <= path.length; length++)
    if (touched.has(keyOf(path.slice(0, length)))) return true;
  if (op === 'set' && source.pair(path)) return false;
  const parent = source.node(path.slice(0, -1));
  if (!isMap(parent) || parent.items.length === 0) return true;
  return parent.flow === true && touched.has(belowKey(path.slice(0, -1)));
}

/** New positions that stand next to each other in the patches come in the order of `layout:`, which is sorted. */
function sortedLayout(patches: readonly Patch[]): readonly Patch[] {
  const inLayout = (patch: Patch): boolean =>
    patch.op === 'set' && patch.path[0] === 'layout' && patch.path.length === 2;
  return [
    ...patches.filter((patch) => !inLayout(patch)),
    ...patches.filter(inLayout).sort((a, b) => (String(a.path[1]) < String(b.path[1]) ? -1 : 1)),
  ];
}
