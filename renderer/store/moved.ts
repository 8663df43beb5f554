import type { ElementAddress, Place } from '../../core/design/design.ts';
import { equal } from '../../core/equal.ts';
import type { Loaded } from '../../core/text/load.ts';

/**
 * Whether a text differs from the one before in nothing but places on the canvas, and those stand at its end, where they
 * shift no other line: then everything that was worked out from the rest still holds.
 */
export function onlyMoved(before: Loaded | undefined, after: Loaded): boolean {
  if (!before?.design || !after.design || before.conflict || after.conflict) return false;
  const [was, is] = [beforeLayout(before), beforeLayout(after)];
  if (was === undefined || was !== is || !equal(before.notices, after.notices)) return false;
  return equal(sizesIn(before.design.layout), sizesIn(after.design.layout));
}

/** Sizes of notes, which are part of the drawing and not just places in it. */
const sizesIn = (layout: ReadonlyMap<ElementAddress, Place>): unknown[] =>
  [...layout].flatMap(([address, { length, 2: width, 3: height }]) =>
    length === 4 ? [[address, width, height]] : [],
  );

/** The text up to the layout; `undefined` where something else follows that. */
function beforeLayout({ source, text }: Loaded): string | undefined {
  const value = source?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('layout' in value)) return text.trimEnd();
  const start = text.lastIndexOf('\nlayout:');
  return start < 0 || Object.keys(value).at(-1) !== 'layout' ? undefined : text.slice(0, start).trimEnd();
}
