import type { ReactFlowState } from '@xyflow/react';
import { type Box, boxAround, boxAt } from '../../core/drawing/geometry.ts';
import { brokerGroups } from '../../core/drawing/groups.ts';
import type { Shown } from '../store/state/document.ts';

/** The part of the drawing that a pane shows. */
export const viewOf = ({
  transform: [x, y, zoom],
  width,
  height,
}: Pick<ReactFlowState, 'transform' | 'width' | 'height'>): Box => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

const extents = new WeakMap<Shown['positions'], Box | undefined>();

/** The box around all elements, worked out once for the places they have. */
export function extent({ scene, positions }: Shown): Box | undefined {
  if (!extents.has(positions)) {
    const boxes = scene.nodes.flatMap(({ address, size }) => {
      const at = positions.get(address);
      return at ? [boxAt(at, size)] : [];
    });
    extents.set(positions, boxAround(boxes));
  }
  return extents.get(positions);
}

/** The box around all that is drawn: the elements and the areas of their brokers. */
export function drawnBox(shown: Shown): Box | undefined {
  const elements = extent(shown);
  const areas = brokerGroups(shown.scene, shown.positions).map(({ box }) => box);
  return elements && boxAround([elements, ...areas]);
}

/** Share of the drawing that a pane has room for, from which on all of it is drawn, wherever the pane looks. */
const MOST = 0.5;

/**
 * Whether elements out of view are left out. Where most are in view there is little to be left out, and each step of the
 * canvas would make and drop elements at its edges. It depends on the zoom alone, not on where the pane looks.
 */
export function isCulled(shown: Shown | undefined, state: Parameters<typeof viewOf>[0]): boolean {
  const all = shown && extent(shown);
  if (!all) return false;
  const view = viewOf(state);
  return view.width * view.height < MOST * all.width * all.height;
}
