import { type FinalConnectionState, useReactFlow } from '@xyflow/react';
import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { type ElementAddress, type Point, parseAddress } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import { BoxIndex, boxAt, GRID, snap } from '../../core/drawing/geometry.ts';
import { freeBelow } from '../../core/drawing/positions.ts';
import { shapes as allShapes, type Shape } from '../../core/drawing/shapes.ts';
import type { Shown } from '../store/state/document.ts';
import { useAppStore } from '../store/store.ts';
import { useRequest } from '../store/useRequest.ts';

/** What may be added at a place: anything where it was asked for, what a connection can lead to where one was dropped. */
export interface QuickAddMenu {
  readonly from: ElementAddress | undefined;
  readonly shapes: readonly Shape[];
  /** Top left corner of the new element on the canvas. */
  readonly at: Point;
  /** Where the menu stands, from the top left corner of the canvas, in px of the screen. */
  readonly pointer: Point;
  /** Asked for by a key, so that what is added is brought into view. */
  readonly byKey: boolean;
}

/** Room that a new element takes, whatever it is, in px. */
const ROOM = { width: 18 * GRID, height: 7 * GRID };

/** Width of the menu, in px of the screen. */
export const MENU_WIDTH = 168;

/** Between an element and what is added after it, in px. */
const GAP = 12 * GRID;

/** Where elements stand. */
function takenIn(shown: Shown | undefined): BoxIndex {
  const taken = new BoxIndex();
  for (const [address, at] of shown?.positions ?? []) {
    const size = shown?.scene.byAddress.get(address)?.size;
    if (size) taken.add(boxAt(at, size));
  }
  return taken;
}

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
  if (channel.section === 'topics') return graph.brokerKindOf(channel) === 'redis' ? ['consumer'] : ['queue'];
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

  const inCanvas = useCallback(
    ([left, top]: Point): Point => {
      const { x, y } = canvas.current?.getBoundingClientRect() ?? { x: 0, y: 0 };
      return [left - x, top - y];
    },
    [canvas],
  );
  const open = useCallback(
    (from: ElementAddress | undefined, shapes: readonly Shape[], [left, top]: Point) => {
      const { x, y } = flow.screenToFlowPosition({ x: left, y: top });
      const at: Point = [snap(x), snap(y - 3.5 * GRID)];
      setMenu({ from, shapes, at, pointer: inCanvas([left, top]), byKey: false });
    },
    [flow, inCanvas],
  );

  const offerAll = () => {
    const pane = canvas.current?.getBoundingClientRect();
    if (!pane) return;
    if (pointer.current) return open(undefined, allShapes, pointer.current);
    const { x, y } = flow.screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 });
    const at = freeBelow(boxAt([snap(x - ROOM.width / 2), snap(y)], ROOM), takenIn(store.getState().shown));
    const middle = flow.flowToScreenPosition({ x: at[0], y: at[1] + ROOM.height / 2 });
    setMenu({ from: undefined, shapes: allShapes, at, pointer: inCanvas([middle.x, middle.y]), byKey: true });
  };
  /** What the keyboard asks to put after an element: as if a connection from it had been dropped beside it. */
  const offerAfter = (from: ElementAddress) => {
    const { shown } = store.getState();
    const at = shown?.positions.get(from);
    const node = shown?.scene.byAddress.get(from);
    const shapes = shown?.graph ? followers(shown.graph, from) : [];
    if (!shown || !at || !node) return;
    if (shapes.length === 0) return refuse(from);
    const place = freeBelow(boxAt([at[0] + node.size.width + GAP, at[1]], ROOM), takenIn(shown));
    const spot = flow.flowToScreenPosition({ x: place[0], y: place[1] + ROOM.height / 2 });
    // The place may be out of view; the menu is not.
    const pane = canvas.current?.getBoundingClientRect();
    const left = Math.min(spot.x, (pane?.right ?? spot.x) - MENU_WIDTH);
    setMenu({ from, shapes, at: place, pointer: inCanvas([left, spot.y]), byKey: true });
  };
  useRequest(
    ({ quickAdd }) => quickAdd,
    () => {
      const { quickAddAfter } = store.getState();
      if (quickAddAfter === undefined) offerAll();
      else offerAfter(quickAddAfter);
    },
  );

  const refuse = useCallback(
    (from: ElementAddress) => {
      const id = parseAddress(from)?.id ?? '';
      const to = store.getState().shown?.graph?.design.producers.get(id)?.channel;
      const publishes = from.startsWith('producers/') && to !== undefined;
      store.getState().notify({
        tone: 'info',
        title: publishes ? `${id} publishes to ${to} already.` : `Nothing can follow ${id}.`,
        detail: publishes ? 'Add another producer of the same service.' : undefined,
      });
    },
    [store],
  );

  const offer = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.toNode || !state.fromNode || !('clientX' in event)) return;
      const from = state.fromNode.id as ElementAddress;
      const { graph } = store.getState().shown ?? {};
      const shapes = graph ? followers(graph, from) : [];
      if (shapes.length > 0) return open(from, shapes, [event.clientX, event.clientY]);
      refuse(from);
    },
    [open, refuse, store],
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
