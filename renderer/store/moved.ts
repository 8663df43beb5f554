import type { Design } from '../../core/design/design.ts';
import { equal } from '../../core/equal.ts';
import { sections } from '../../core/kinds/registry.ts';
import type { Loaded } from '../../core/text/load.ts';

/**
 * Whether a text differs from the one before in nothing but places on the canvas, and those stand at its end, where they
 * shift no other line: then everything that was worked out from the rest still holds.
 */
export function onlyMoved(before: Loaded | undefined, after: Loaded): boolean {
  if (!before?.design || !after.design || before.conflict || after.conflict) return false;
  return (
    keepsLayoutLast(before) &&
    keepsLayoutLast(after) &&
    sameElements(before.design, after.design) &&
    equal(before.notices, after.notices)
  );
}

const keepsLayoutLast = ({ source }: Loaded): boolean => {
  const value = source?.value;
  if (typeof value !== 'object' || value === null) return false;
  return !('layout' in value) || Object.keys(value).at(-1) === 'layout';
};

/** An element that was not edited is the same object as before. */
function sameElements(before: Design, after: Design): boolean {
  return (
    equal(before.design, after.design) &&
    sections.every((section) => {
      const [was, is] = [before[section], after[section]] as ReadonlyMap<string, unknown>[];
      if (was?.size !== is?.size) return false;
      const [ids, others] = [was?.entries() ?? [], is?.entries()];
      for (const [id, value] of ids) {
        const [otherId, other] = others?.next().value ?? [];
        if (id !== otherId || (value !== other && !equal(value, other))) return false;
      }
      return true;
    })
  );
}
