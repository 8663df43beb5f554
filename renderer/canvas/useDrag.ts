import type { OnNodeDrag, SelectionDragHandler } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { ElementAddress, Point } from '../../core/design/design.ts';
import { useApp } from '../store/store.ts';
import { snap } from './geometry.ts';
import type { Positions } from './positions.ts';
import type { Scene } from './scene.ts';

const NONE: Positions = new Map();

/** Places while elements are dragged. The design changes once, at the end of the drag, so a drag is one undo step. */
export function useDrag(scene: Scene | undefined, resting: Positions = NONE) {
  const [dragged, setDragged] = useState<Positions>(NONE);
  const run = useApp((state) => state.run);

  const positions = useMemo(() => {
    if (dragged.size === 0 || !scene) return resting;
    const moving = new Map([...resting, ...dragged]);
    // An implied queue stays where it hangs below the queue that it belongs to.
    for (const { address, origin } of scene.nodes) {
      const from = origin && resting.get(origin.address);
      const to = origin && dragged.get(origin.address);
      const at = resting.get(address);
      if (from && to && at) moving.set(address, [at[0] + to[0] - from[0], at[1] + to[1] - from[1]]);
    }
    return moving;
  }, [dragged, resting, scene]);

  const track = useCallback((nodes: readonly { id: string; position: { x: number; y: number } }[]) => {
    setDragged(
      new Map(
        nodes.map(({ id, position }) => [
          id as ElementAddress,
          [snap(position.x), snap(position.y)] as Point,
        ]),
      ),
    );
  }, []);

  const finish = useCallback(
    (nodes: readonly { id: string; position: { x: number; y: number } }[]) => {
      setDragged(NONE);
      const moves = nodes
        .map(({ id, position }) => ({
          address: id as ElementAddress,
          to: [snap(position.x), snap(position.y)] as Point,
        }))
        .filter(({ address, to }) => String(resting.get(address)) !== String(to));
      if (moves.length > 0) run('element.move', { moves });
    },
    [resting, run],
  );

  const onDrag = useCallback<OnNodeDrag & SelectionDragHandler>(
    (...args: unknown[]) => track(draggedNodes(args)),
    [track],
  );
  const onDragStop = useCallback<OnNodeDrag & SelectionDragHandler>(
    (...args: unknown[]) => finish(draggedNodes(args)),
    [finish],
  );
  return { positions, onDragStart: onDrag, onDrag, onDragStop };
}

type Dragged = readonly { id: string; position: { x: number; y: number } }[];
/** React Flow passes (event, node, nodes) for a node and (event, nodes) for a selection. */
const draggedNodes = (args: readonly unknown[]): Dragged => args.at(-1) as Dragged;
