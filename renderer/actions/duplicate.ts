import { pasted } from '../../core/commands/element.paste.ts';
import { type Copied, fragmentOf } from '../../core/commands/fragment.ts';
import { addressOf, type ElementAddress, type Point } from '../../core/design/design.ts';
import { BoxIndex, boxAround, boxAt, GRID } from '../../core/drawing/geometry.ts';
import type { AppState } from '../store/state.ts';

/** The selected elements that are in the file, with what they need; `undefined`, and a word about it, where none is. */
export function copySelected(app: AppState, verb: string): readonly Copied[] | undefined {
  const { shown } = app;
  if (!shown?.graph) return undefined;
  const { graph, positions } = shown;
  const chosen = [...app.selected].filter((address) => !graph.origins.has(address) && positions.has(address));
  const design = app.session?.lastValid?.design;
  if (design && chosen.length > 0) return fragmentOf(design, chosen, positions);
  if (app.selected.size > 0)
    app.notify({
      tone: 'info',
      title: `This element cannot be ${verb} by itself.`,
      detail: 'Choose the element that it belongs to.',
    });
  return undefined;
}

/** Adds copies of elements and selects those that stand on the canvas; one step of the history. */
export function addCopies(app: AppState, elements: readonly Copied[], shift: Point): boolean {
  const { design } = app.session ?? {};
  if (!design) return false;
  const copies = pasted(design, elements, shift);
  if (!app.run('element.paste', { elements, shift })) return false;
  const made = copies
    .filter(({ shared, at }) => !shared && at)
    .map(({ section, id }) => addressOf(section, id));
  app.select(made, 'keys');
  app.askFocus(made[0]);
  return true;
}

/** How far down, in px, elements have to go from their places for nothing to stand in their way. */
export function freeShift({ shown }: AppState, elements: readonly Copied[], [dx, dy]: Point): Point {
  if (!shown) return [dx, dy];
  const { scene, positions } = shown;
  const sizeOf = (address: ElementAddress) => scene.byAddress.get(address)?.size ?? USUAL;
  const taken = new BoxIndex();
  for (const [address, at] of positions)
    if (scene.byAddress.has(address)) taken.add(boxAt(at, sizeOf(address)));
  const boxes = elements.flatMap(({ section, id, at }) =>
    at ? [boxAt([at[0] + dx, at[1] + dy], sizeOf(addressOf(section, id)))] : [],
  );
  let down = 0;
  while (boxes.some((box) => taken.hit({ ...box, y: box.y + down }, GRID))) down += GRID;
  return [dx, dy + down];
}

/** Size of an element from another design, roughly. */
const USUAL = { width: 18 * GRID, height: 7 * GRID };

/** Copies the selected elements to the free room below them. */
export function duplicateSelected(app: AppState): void {
  const elements = copySelected(app, 'duplicated');
  if (!elements) return;
  const boxes = elements.flatMap(({ section, id, at }) => {
    const size = app.shown?.scene.byAddress.get(addressOf(section, id))?.size;
    return at && size ? [boxAt(at, size)] : [];
  });
  const down = (boxAround(boxes)?.height ?? 0) + 3 * GRID;
  addCopies(app, elements, freeShift(app, elements, [0, down]));
}
