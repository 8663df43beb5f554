import { useReactFlow } from '@xyflow/react';
import { type DragEvent, type MouseEvent, useCallback } from 'react';
import { canInsert, type Insertable, insertedId } from '../../core/commands/element.insert.ts';
import { addressOf, type ElementAddress, type Point } from '../../core/design/design.ts';
import { GRID, snap } from '../../core/drawing/geometry.ts';
import type { Shape } from '../../core/drawing/shapes.ts';
import { addToDesign } from '../actions/add.ts';
import { type PaletteItem, paletteItems } from '../panels/palette/items.ts';
import type { AppState } from '../store/state.ts';
import { useAppStore } from '../store/store.ts';

/** Type of the data that the palette drags. The shape is in a type of its own: what is dragged can be read only when dropped. */
export const SHAPE_TYPE = 'application/x-brokerloom-shape';
export const shapeTypeOf = (shape: Shape): string => `${SHAPE_TYPE}-${shape.toLowerCase()}`;

/** Half of a usual node, so that it lands under the pointer. */
const HALF = { x: 9 * GRID, y: 3.5 * GRID };

type Pointer = Pick<MouseEvent, 'clientX' | 'clientY'>;

/** The statement of the connection at the pointer. */
function connectionAt({ clientX, clientY }: Pointer): ElementAddress | undefined {
  const hit = document.elementsFromPoint(clientX, clientY).find((element) => element.closest('[data-edge]'));
  return hit?.getAttribute('data-edge') as ElementAddress | undefined;
}

/** Puts palette items on the canvas, dragged there or clicked and clicked; on a connection, into it. */
export function useDrop() {
  const flow = useReactFlow();
  const store = useAppStore();
  const place = useCallback(
    (item: PaletteItem, event: Pointer) => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const at: Point = [snap(x - HALF.x), snap(y - HALF.y)];
      const app = store.getState();
      const into = connectionAt(event);
      if (into === undefined || !insert(app, item, into, at)) addToDesign(app, item, at);
      app.aimInsert(undefined);
      app.arm(undefined);
      // Its keys work at once: Enter names it, C connects it.
      app.askFocus([...store.getState().selected][0]);
    },
    [flow, store],
  );
  const onDragOver = useCallback(
    (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(SHAPE_TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const app = store.getState();
      const item = Object.values(paletteItems).find(({ shape }) =>
        event.dataTransfer.types.includes(shapeTypeOf(shape)),
      );
      const at = item && connectionAt(event);
      const fits = item && at && app.shown?.graph && canInsert(app.shown.graph, at, item.section).ok;
      app.aimInsert(fits ? at : undefined);
    },
    [store],
  );
  const onDrop = useCallback(
    (event: DragEvent) => {
      const shape = event.dataTransfer.getData(SHAPE_TYPE);
      if (!Object.hasOwn(paletteItems, shape)) return;
      event.preventDefault();
      place(paletteItems[shape as Shape], event);
    },
    [place],
  );
  const onDragLeave = useCallback(() => store.getState().aimInsert(undefined), [store]);
  return { place, onDragOver, onDragLeave, onDrop };
}

/** Returns whether the item could be put into the connection. */
function insert(app: AppState, { section }: PaletteItem, element: ElementAddress, at: Point): boolean {
  const graph = app.shown?.graph;
  if (!graph || !canInsert(graph, element, section).ok) return false;
  const id = insertedId(graph, section as Insertable);
  if (!app.run('element.insert', { element, section: section as Insertable, at })) return false;
  app.select([addressOf(section, id)], 'canvas');
  return true;
}
