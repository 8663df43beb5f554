import { useReactFlow } from '@xyflow/react';
import { type DragEvent, type MouseEvent, useCallback } from 'react';
import { addToDesign } from '../actions/add.ts';
import { type PaletteItem, paletteItems } from '../panels/palette/items.ts';
import { useAppStore } from '../store/store.ts';
import { GRID, snap } from './geometry.ts';
import type { Shape } from './shapes.ts';

/** Type of the data that the palette drags. */
export const SHAPE_TYPE = 'application/x-brokerloom-shape';
/** Half of a usual node, so that it lands under the pointer. */
const HALF = { x: 9 * GRID, y: 3.5 * GRID };

/** Puts palette items on the canvas, dragged there or clicked and clicked. */
export function useDrop() {
  const flow = useReactFlow();
  const store = useAppStore();
  const place = useCallback(
    (item: PaletteItem, { clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>) => {
      const { x, y } = flow.screenToFlowPosition({ x: clientX, y: clientY });
      addToDesign(store.getState(), item, [snap(x - HALF.x), snap(y - HALF.y)]);
      store.getState().arm(undefined);
    },
    [flow, store],
  );
  const onDragOver = useCallback((event: DragEvent) => {
    if (!event.dataTransfer.types.includes(SHAPE_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }, []);
  const onDrop = useCallback(
    (event: DragEvent) => {
      const shape = event.dataTransfer.getData(SHAPE_TYPE);
      if (!Object.hasOwn(paletteItems, shape)) return;
      event.preventDefault();
      place(paletteItems[shape as Shape], event);
    },
    [place],
  );
  return { place, onDragOver, onDrop };
}
