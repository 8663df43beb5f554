import type { Path } from './nodes.ts';
import type { Patch } from './patch.ts';
import { isRecord } from './render.ts';

/** The value at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isRecord(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** What a value becomes by patches, without any text; parts that no patch names are shared with it. */
export const applyPatches = (value: unknown, patches: readonly Patch[]): unknown =>
  patches.reduce((current, patch) => changed(current, patch.path, patch), value);

function changed(value: unknown, [step, ...rest]: Path, patch: Patch): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return changedList(value, Number(step), rest, patch);
  if (value !== null && value !== undefined && !isRecord(value)) return value;
  const has = value ? Object.hasOwn(value, step) : false;
  if (!has && patch.op !== 'set') return value;
  const copy = Object.assign(Object.create(null), value) as Record<string | number, unknown>;
  if (rest.length > 0) copy[step] = changed(has ? value?.[step] : undefined, rest, patch);
  else if (patch.op === 'set') copy[step] = patch.value;
  else {
    delete copy[step];
    if (patch.op === 'rename') copy[patch.to] = value?.[step];
  }
  return copy;
}

function changedList(list: readonly unknown[], index: number, rest: Path, patch: Patch): unknown {
  if (rest.length > 0) return list.map((item, i) => (i === index ? changed(item, rest, patch) : item));
  if (patch.op === 'remove') return list.filter((_, i) => i !== index);
  if (patch.op === 'rename') return list;
  return index < list.length
    ? list.map((item, i) => (i === index ? patch.value : item))
    : [...list, patch.value];
}

/**
 * Whether two values mean the same in a design: the order of keys does not matter, nor do keys without a value, and an
 * empty section or element may be written as nothing at all.
 */
export function sameValue(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  const left = depth <= 2 ? (a ?? {}) : a;
  const right = depth <= 2 ? (b ?? {}) : b;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, i) => sameValue(item, right[i], depth + 1));
  if (!isRecord(left) || !isRecord(right)) return left === right;
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  return (
    keys.length === Object.keys(right).filter((key) => right[key] !== undefined).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key], depth + 1))
  );
}
