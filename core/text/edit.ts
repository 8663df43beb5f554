import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { Batch } from './batch.ts';
import { applyEdits, composeEdits } from './compose.ts';
import { appendItem, insertBelowEmpty, insertKey } from './insert.ts';
import { colonAfter, contentEnd } from './lines.ts';
import type { Patch, TextEdit } from './patch.ts';
import { removeEntry } from './remove.ts';
import { inline, isRecord, scalar } from './render.ts';
import { type Path, rangeOf, SourceMap } from './source.ts';

/**
 * Turns patches into the smallest edits of the text: only the lines that must change do, comments, quotes, line
 * breaks and unknown keys stay. Patches see the effect of those before them.
 * @returns Edits of `source.text` in ascending order, or why a patch cannot be carried out; then nothing is changed.
 */
export function editText(source: SourceMap, patches: readonly Patch[]): Result<readonly TextEdit[], Problem> {
  const { text } = source;
  let current = source;
  let edits: readonly TextEdit[] = [];
  let batch = new Batch();
  let touched = new Set<string>();

  const flush = (): void => {
    const step = batch.edits();
    edits = composeEdits(text, edits, step);
    const next = applyEdits(current.text, step);
    current = new SourceMap(next, parseDocument(next, { prettyErrors: false }));
    batch = new Batch();
    touched = new Set();
  };

  const pending = [...sortedLayout(patches)].reverse();
  for (let patch = pending.pop(); patch; patch = pending.pop()) {
    // Patches to different places share one parse; one that meets another waits until that has taken effect.
    if (dependsOn(touched, patch, current)) flush();
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
  return ok(edits);
}

/** Either the edits of a patch, or smaller patches that stand for it. */
type Step = { readonly edits: readonly TextEdit[] } | { readonly patches: readonly Patch[] };

const done = (...edits: readonly TextEdit[]) => ok({ edits });

function plan(source: SourceMap, patch: Patch): Result<Step, Problem> {
  switch (patch.op) {
    case 'set':
      return planSet(source, patch.path, patch.value);
    case 'remove':
      return planRemove(source, patch.path);
    case 'rename': {
      const range = source.pair(patch.path) && source.keyRange(patch.path);
      if (!range) return ok({ edits: [] });
      return done({
        offset: range.start,
        removed: source.text.slice(range.start, range.end),
        inserted: inline(patch.to),
      });
    }
  }
}

function planSet(source: SourceMap, path: Path, value: unknown): Result<Step, Problem> {
  const parent = source.node(path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined) return refuse(path, source, 'The whole document cannot be set.');
  if (isSeq(parent)) {
    const item = parent.items[Number(key)] as Node | undefined;
    return item ? done(replaceNode(source, item, value)) : done(appendItem(source, parent, value));
  }
  if (isMap(parent)) {
    const pair = source.pair(path);
    return pair ? replacePair(source, pair, path, value) : done(insertKey(source, parent, path, value));
  }
  if (isAlias(parent))
    return refuse(
      path,
      source,
      `${path.slice(0, -1).join('.')} is a YAML alias; what it stands for is written elsewhere.`,
    );
  if (isScalar(parent) && parent.value !== null)
    return refuse(path, source, `${path.slice(0, -1).join('.')} is not a map.`);
  const owner = source.pair(path.slice(0, -1));
  if (owner) return done(insertBelowEmpty(source, owner, path, value));
  return ok({ patches: [{ op: 'set', path: path.slice(0, -1), value: { [key]: value } }] });
}

function replacePair(source: SourceMap, pair: Pair, path: Path, value: unknown): Result<Step, Problem> {
  const node = pair.value as Node | null;
  if (isMap(node) && isRecord(value)) {
    const old = node.toJS(source.document) as Readonly<Record<string, unknown>>;
    const set: Patch[] = Object.entries(value)
      .filter(([key, item]) => item !== undefined && JSON.stringify(item) !== JSON.stringify(old[key]))
      .map(([key, item]) => ({ op: 'set', path: [...path, key], value: item }));
    const removed: Patch[] = Object.keys(old)
      .filter((key) => value[key] === undefined)
      .map((key) => ({ op: 'remove', path: [...path, key] }));
    return ok({ patches: [...set, ...removed] });
  }
  const { text } = source;
  const flowOrScalar = node && !((isMap(node) || isSeq(node)) && !node.flow);
  const blank = isScalar(node) && node.source === '';
  if (flowOrScalar && !blank) return done(replaceNode(source, node, value));
  const colon = colonAfter(text, pair) + 1;
  const end = contentEnd(text, node, pair);
  return done({ offset: colon, removed: text.slice(colon, end), inserted: ` ${inline(value)}` });
}

function replaceNode(source: SourceMap, node: Node, value: unknown): TextEdit {
  const { text } = source;
  const start = rangeOf(node)?.start ?? 0;
  const end = contentEnd(text, node);
  const quoted =
    isScalar(node) &&
    typeof value === 'string' &&
    (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return {
    offset: start,
    removed: text.slice(start, end),
    inserted: quoted ? scalar(value, node.type as 'QUOTE_DOUBLE') : inline(value),
  };
}

function planRemove(source: SourceMap, path: Path): Result<Step, Problem> {
  const parent = source.node(path.slice(0, -1));
  if (isAlias(parent))
    return refuse(
      path,
      source,
      `${path.slice(0, -1).join('.')} is a YAML alias; what it stands for is written elsewhere.`,
    );
  if (!isMap(parent) && !isSeq(parent)) return ok({ edits: [] });
  const pair = source.pair(path);
  const index = isMap(parent) ? (pair ? parent.items.indexOf(pair) : -1) : Number(path.at(-1));
  return parent.items[index] === undefined
    ? ok({ edits: [] })
    : done(removeEntry(source.text, parent, index));
}

function refuse(path: Path, source: SourceMap, message: string): Result<Step, Problem> {
  const at = source.locate(path);
  return fail({ code: 'LOOM_COMMAND', message, hint: 'Edit it in the text.', ...(at ? { at } : {}) });
}

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
