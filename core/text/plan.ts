import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { valueAt } from './apply.ts';
import { fillInFlow } from './flow.ts';
import { appendItem, insertBelowEmpty, insertKey } from './insert.ts';
import { colonAfter, contentEnd } from './lines.ts';
import type { Patch, TextEdit } from './patch.ts';
import { removeEntry } from './remove.ts';
import { inline, isRecord, literalLike, scalar } from './render.ts';
import { type Path, rangeOf, type SourceMap } from './source.ts';

/** Either the edits of a patch, or smaller patches that stand for it. */
export type Step = { readonly edits: readonly TextEdit[] } | { readonly patches: readonly Patch[] };

const done = (...edits: readonly TextEdit[]) => ok({ edits });

/** What one patch does to the text, or why it cannot be carried out. */
export function plan(source: SourceMap, patch: Patch): Result<Step, Problem> {
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
    return item ? done(replaceNode(source, item, value)) : done(...appendItem(source, parent, value));
  }
  if (isMap(parent)) {
    const pair = source.pair(path);
    return pair ? replacePair(source, pair, path, value) : done(...insertKey(source, parent, path, value));
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
  const written = isScalar(parent) && parent.source !== '';
  if (owner && !written && !inFlow(source, path.slice(0, -1)))
    return done(insertBelowEmpty(source, owner, path, value));
  return ok({ patches: [{ op: 'set', path: path.slice(0, -1), value: { [key]: value } }] });
}

function replacePair(source: SourceMap, pair: Pair, path: Path, value: unknown): Result<Step, Problem> {
  const node = pair.value as Node | null;
  if (isMap(node) && isRecord(value)) {
    const old = valueAt(source.value, path) as Readonly<Record<string, unknown>>;
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
  const blank = isScalar(node) && node.value === null && node.source === '';
  if (flowOrScalar && !blank) return done(replaceNode(source, node, value));
  if (inFlow(source, path)) return done(fillInFlow(text, pair, inline(value)));
  const colon = colonAfter(text, pair) + 1;
  const end = contentEnd(text, node, pair);
  return done({ offset: colon, removed: text.slice(colon, end), inserted: ` ${inline(value)}` });
}

function replaceNode(source: SourceMap, node: Node, value: unknown): TextEdit {
  const { text } = source;
  const start = rangeOf(node)?.start ?? 0;
  const end = contentEnd(text, node);
  const removed = text.slice(start, end);
  const literal =
    isScalar(node) && node.type === 'BLOCK_LITERAL' && typeof value === 'string'
      ? literalLike(removed, value)
      : undefined;
  if (literal !== undefined) return { offset: start, removed, inserted: literal };
  const quoted =
    isScalar(node) &&
    typeof value === 'string' &&
    (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return {
    offset: start,
    removed,
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
  if (parent.items[index] === undefined) return ok({ edits: [] });
  const removal = removeEntry(source.text, parent, index);
  // Nothing below a key would read as null; an empty section or element is understood, an empty attribute is not.
  return parent.items.length > 1 || parent.flow || path.length <= 3
    ? done(removal)
    : emptied(source, path.slice(0, -1), parent, removal);
}

function emptied(
  source: SourceMap,
  path: Path,
  node: YAMLMap | YAMLSeq,
  removal: TextEdit,
): Result<Step, Problem> {
  const empty = isSeq(node) ? '[]' : '{}';
  const pair = source.pair(path);
  if (!pair) return done(replaceNode(source, node, isSeq(node) ? [] : {}));
  return done({ offset: colonAfter(source.text, pair) + 1, removed: '', inserted: ` ${empty}` }, removal);
}

/** Whether the key at a path stands in a flow map. */
function inFlow(source: SourceMap, path: Path): boolean {
  const parent = source.node(path.slice(0, -1));
  return isMap(parent) && parent.flow === true;
}

function refuse(path: Path, source: SourceMap, message: string): Result<Step, Problem> {
  const at = source.locate(path);
  return fail({ code: 'LOOM_COMMAND', message, hint: 'Edit it in the text.', ...(at ? { at } : {}) });
}
