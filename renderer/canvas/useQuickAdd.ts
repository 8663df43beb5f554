import { type FinalConnectionState, useReactFlow } from '@xyflow/react';
import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { type ElementAddress, type Point, parseAddress } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import { useAppStore } from '../store/store.ts';
import { useRequest } from '../store/useRequest.ts';
import { BoxIndex, boxAt, GRID, snap } from './geometry.ts';
import { freeBelow } from './positions.ts';
import { shapes as allShapes, type Shape } from './shapes.ts';

/** What may be added at a place: anything where it was asked for, what a connection can lead to where one was dropped. */
export interface QuickAddMenu {
  readonly from: ElementAddress | undefined;
  readonly shapes: readonly Shape[];
  /** Top left corner of the new element on the canvas. */
  readonly at: Point;
  /** Pointer in the window, in px. */
  readonly pointer: Point;
}

/** Room that a new element takes, whatever it is, in px. */
const ROOM = { width: 18 * GRID, height: 7 * GRID };

/** What may stand where a connection from an element was dropped. */
function followers(graph: Graph, from: ElementAddress): readonly Shape[] {
  const found = parseAddress(from);
  const channel = graph.channel(found?.id);
  if (found?.section === 'producers')
    return graph.design.producers.get(found.id)?.channel === undefined
      ? ['exchange', 'queue', 'stream', 'topic']
      : [];
  if (!channel || channel.section !== found?.section) return [];
  if (channel.section === 'exchanges') return ['queue', 'stream', 'exchange'];
  if (channel.section === 'topics') return ['queue'];
  if (channel.section === 'streams') return ['consumer'];
  const isEnd = channel.value.role === 'dead-letter' || channel.value.deadLetter !== undefined;
  return isEnd ? ['consumer'] : ['consumer', 'deadLetter'];
}

/** Offers what may stand where a connection was dropped, and on request what may stand at the pointer. */
export function useQuickAdd(canvas: RefObject<HTMLElement | null>) {
  const flow = useReactFlow();
  const [menu, setMenu] = useState<QuickAddMenu>();
  const store = useAppStore();
  const pointer = useRef<Point>(undefined);

  const open = useCallback(
    (from: ElementAddress | undefined, shapes: readonly Shape[], [left, top]: Point) => {
      const { x, y } = flow.screenToFlowPosition({ x: left, y: top });
      setMenu({ from, shapes, at: [snap(x), snap(y - 3.5 * GRID)], pointer: [left, top] });
    },
    [flow],
  );

  const offerAll = () => {
    const pane = canvas.current?.getBoundingClientRect();
    if (!pane) return;
    if (pointer.current) return open(undefined, allShapes, pointer.current);
    const { x, y } = flow.screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 });
    const { shown } = store.getState();
    const taken = new BoxIndex();
    for (const [address, at] of shown?.positions ?? []) {
      const size = shown?.scene.byAddress.get(address)?.size;
      if (size) taken.add(boxAt(at, size));
    }
    const at = freeBelow(boxAt([snap(x - ROOM.width / 2), snap(y)], ROOM), taken);
    const middle = flow.flowToScreenPosition({ x: at[0], y: at[1] + ROOM.height / 2 });
    open(undefined, allShapes, [middle.x, middle.y]);
  };
  useRequest(({ quickAdd }) => quickAdd, offerAll);

  const offer = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.toNode || !state.fromNode || !('clientX' in event)) return;
      const from = state.fromNode.id as ElementAddress;
      const { graph } = store.getState().shown ?? {};
      const shapes = graph ? followers(graph, from) : [];
      if (shapes.length > 0) return open(from, shapes, [event.clientX, event.clientY]);
      const producer = parseAddress(from)?.id ?? '';
      const to = graph?.design.producers.get(producer)?.channel;
      if (!from.startsWith('producers/') || to === undefined) return;
      store.getState().notify({
        tone: 'info',
        title: `${producer} publishes to ${to} already.`,
        detail: 'Add another producer of the same service.',
      });
    },
    [open, store],
  );
  return {
    menu,
    offer,
    close: useCallback(() => setMenu(undefined), []),
    pointer,
    onPointerMove: useCallback(({ clientX, clientY }: PointerEvent) => {
      pointer.current = [clientX, clientY];
    }, []),
    onPointerLeave: useCallback(() => {
      pointer.current = undefined;
    }, []),
  };
}
