import { type Copied, fragmentText, readFragment } from '../../core/commands/fragment.ts';
import type { Point } from '../../core/design/design.ts';
import { snap } from '../../core/drawing/geometry.ts';
import type { AppState } from '../store/state.ts';
import { addCopies, copySelected, freeShift } from './duplicate.ts';

/** The selected elements as text in the format of design files, for the clipboard. */
export function copiedText(app: AppState): string | undefined {
  const elements = copySelected(app, 'copied');
  return elements && fragmentText(String(app.session?.lastValid?.design.design.name ?? 'copied'), elements);
}

/**
 * Adds the elements of a text, from this design or another.
 * @param at Where their middle is to stand; missing = beside where they stood.
 * @returns Whether the text held elements.
 */
export function pasteText(app: AppState, text: string, at: Point | undefined): boolean {
  const elements = readFragment(text);
  if (!elements || elements.length === 0) return false;
  addCopies(app, elements, freeShift(app, elements, at ? shiftTo(elements, at) : [24, 24]));
  return true;
}

function shiftTo(elements: readonly Copied[], [x, y]: Point): Point {
  const places = elements.flatMap(({ at }) => (at ? [at] : []));
  if (places.length === 0) return [0, 0];
  const xs = places.map(([left]) => left);
  const ys = places.map(([, top]) => top);
  // The middle of the upper left corners, and half of a usual element.
  const middle = [(Math.min(...xs) + Math.max(...xs)) / 2 + 72, (Math.min(...ys) + Math.max(...ys)) / 2 + 28];
  return [snap(x - (middle[0] ?? 0)), snap(y - (middle[1] ?? 0))];
}
