import { equal } from '../equal.ts';
import type { Patch } from './patch.ts';
import { isRecord } from './render.ts';
import type { Path } from './source.ts';

/**
 * The patches that make one value of another, as deep as they can be: what stays the same keeps its text, comments
 * included. Of lists, items are changed in place, added at the end or taken out; a list that differs more is replaced.
 */
export function difference(path: Path, before: unknown, after: unknown): Patch[] {
  if (equal(before, after)) return [];
  if (after === undefined) return [{ op: 'remove', path }];
  if (
    isRecord(before) &&
    isRecord(after) &&
    Object.keys(before).length > 0 &&
    Object.keys(after).length > 0
  ) {
    const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
    return [
      ...gone.map((key): Patch => ({ op: 'remove', path: [...path, key] })),
      ...Object.entries(after).flatMap(([key, value]) =>
        difference([...path, key], Object.hasOwn(before, key) ? before[key] : undefined, value),
      ),
    ];
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(path, before, after);
  return [{ op: 'set', path, value: after }];
}

function listDifference(path: Path, before: readonly unknown[], after: readonly unknown[]): Patch[] {
  if (before.length === after.length)
    return after.flatMap((item, index) => difference([...path, index], before[index], item));
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && equal(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && equal(before.at(-1 - end), after.at(-1 - end))) end++;
  if (start === before.length && start > 0)
    return after.slice(start).map((value, index) => ({ op: 'set', path: [...path, start + index], value }));
  if (start + end === after.length && after.length > 0)
    return before.slice(start, before.length - end).map(() => ({ op: 'remove', path: [...path, start] }));
  return [{ op: 'set', path, value: after }];
}
