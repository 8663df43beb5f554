import { equal } from '../../core/equal.ts';
import type { Loaded } from '../../core/text/load.ts';

/**
 * Whether a text differs from the one before in nothing but places on the canvas, and those stand at its end, where they
 * shift no other line: then everything that was worked out from the rest still holds.
 */
export function onlyMoved(before: Loaded | undefined, after: Loaded): boolean {
  if (!before?.design || !after.design || before.conflict || after.conflict) return false;
  const [was, is] = [beforeLayout(before), beforeLayout(after)];
  return was !== undefined && was === is && equal(before.notices, after.notices);
}

/** The text up to the layout; `undefined` where something else follows that. */
function beforeLayout({ source, text }: Loaded): string | undefined {
  const value = source?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('layout' in value)) return text.trimEnd();
  const start = text.lastIndexOf('\nlayout:');
  return start < 0 || Object.keys(value).at(-1) !== 'layout' ? undefined : text.slice(0, start).trimEnd();
}
