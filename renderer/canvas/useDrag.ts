import { type OnNodeDrag, type SelectionDragHandler, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ElementAddress, Point } from '../../core/design/design.ts';
import { type Box, boxAround, boxAt, overlaps } from '../../core/drawing/geometry.ts';
import type { Positions } from '../../core/drawing/positions.ts';
import type { Scene } from '../../core/drawing/scene.ts';
import { useApp } from '../store/store.ts';
import { type Guide, snapTo } from './guides.ts';
import { viewOf } from './view.ts';

const NONE: Positions = new Map();
const NO_GUIDES: readonly Guide[] = [];
/** Distance on the screen at which an element comes in line with another, in px. */
const REACH = 5;

type Dragged = readonly { id: string; position: { x: number; y: number } }[];

/** What is dragged and what it may come in line with, worked out once when the drag begins. */
interface Drag {
  readonly box: Box;
  readonly others: readonly Box[];
}

/** Places while elements are dragged. The design changes once, at the end of the drag, so a drag is one undo step. */
export function useDrag(scene: Scene | undefined, resting: Positions = NONE) {
  const [dragged, setDragged] = useState<Positions>(NONE);
  const [guides, setGuides] = useState(NO_GUIDES);
  const drag = useRef<Drag>(undefined);
  const run = useApp((state) => state.run);
  const flow = useReactFlow();
  const pane = useStoreApi();

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

  const begin = useCallback(
    (nodes: Dragged): Drag | undefined => {
      const moving = new Set(nodes.map(({ id }) => id));
      const view = viewOf(pane.getState());
      const own: Box[] = [];
      const others: Box[] = [];
      for (const { address, size, origin } of scene?.nodes ?? []) {
        const at = resting.get(address);
        if (!at) continue;
        const box = boxAt(at, size);
        if (moving.has(address)) own.push(box);
        // What is dragged along is nothing to come in line with, and neither is what nobody sees.
        else if (!(origin && moving.has(origin.address)) && overlaps(box, view)) others.push(box);
      }
      const box = boxAround(own);
      return box && { box, others };
    },
    [scene, resting, pane],
  );

  /** Where the dragged elements go: all by the same distance, so that they keep their places to each other. */
  const target = useCallback(
    (nodes: Dragged, free: boolean): { readonly to: Positions; readonly guides: readonly Guide[] } => {
      const [first] = nodes;
      const from = first && resting.get(first.id as ElementAddress);
      drag.current ??= begin(nodes);
      if (!first || !from || !drag.current) return { to: NONE, guides: NO_GUIDES };
      const [mx, my] = [first.position.x - from[0], first.position.y - from[1]];
      const { box, others } = drag.current;
      const moved = { ...box, x: box.x + mx, y: box.y + my };
      const snapped = free
        ? { dx: 0, dy: 0, guides: NO_GUIDES }
        : snapTo(moved, others, REACH / flow.getZoom());
      const to = new Map<ElementAddress, Point>();
      for (const { id } of nodes) {
        const at = resting.get(id as ElementAddress);
        if (!at) continue;
        const place: Point = [Math.round(at[0] + mx + snapped.dx), Math.round(at[1] + my + snapped.dy)];
        to.set(id as ElementAddress, place);
      }
      return { to, guides: snapped.guides };
    },
    [begin, flow, resting],
  );

  const onDrag = useCallback<OnNodeDrag & SelectionDragHandler>(
    (...args: unknown[]) => {
      const { to, guides: lines } = target(draggedNodes(args), isFree(args));
      setDragged(to);
      setGuides(lines);
    },
    [target],
  );
  const onDragStop = useCallback<OnNodeDrag & SelectionDragHandler>(
    (...args: unknown[]) => {
      const { to } = target(draggedNodes(args), isFree(args));
      drag.current = undefined;
      setDragged(NONE);
      setGuides(NO_GUIDES);
      const moves = [...to]
        .filter(([address, at]) => String(resting.get(address)) !== String(at))
        .map(([address, at]) => ({ address, to: at }));
      if (moves.length > 0) run('element.move', { moves });
    },
    [target, resting, run],
  );
  const onDragStart = useCallback(() => {
    drag.current = undefined;
  }, []);
  return { positions, guides, dragging: dragged.size > 0, onDragStart, onDrag, onDragStop };
}

/** React Flow passes (event, node, nodes) for a node and (event, nodes) for a selection. */
const draggedNodes = (args: readonly unknown[]): Dragged => args.at(-1) as Dragged;

/** With Ctrl held down, nothing is brought in line. */
const isFree = ([event]: readonly unknown[]): boolean => {
  const { ctrlKey, metaKey } = event as MouseEvent;
  return ctrlKey || metaKey;
};
