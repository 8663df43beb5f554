import { type FinalConnectionState, useReactFlow } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { type ElementAddress, type Point, parseAddress } from '../../core/design/design.ts';
import type { Section } from '../../core/kinds/registry.ts';
import { GRID, snap } from './geometry.ts';
import type { Shape } from './shapes.ts';

/** Where a connection was dropped on the empty canvas, and what may stand there. */
export interface QuickAddMenu {
  readonly from: ElementAddress;
  readonly shapes: readonly Shape[];
  /** Top left corner of the new element on the canvas. */
  readonly at: Point;
  /** Pointer in the window, in px. */
  readonly pointer: Point;
}

/** What messages can flow to from each kind. */
const followers: Readonly<Partial<Record<Section, readonly Shape[]>>> = {
  producers: ['exchange', 'queue', 'stream', 'topic'],
  exchanges: ['queue', 'exchange'],
  queues: ['consumer', 'deadLetter'],
  streams: ['consumer'],
};

/** Offers what may stand where a connection was dropped. */
export function useQuickAdd() {
  const flow = useReactFlow();
  const [menu, setMenu] = useState<QuickAddMenu>();
  const offer = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.toNode || !state.fromNode || !('clientX' in event)) return;
      const from = state.fromNode.id as ElementAddress;
      const shapes = followers[parseAddress(from)?.section ?? 'notes'];
      if (!shapes) return;
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      setMenu({
        from,
        shapes,
        at: [snap(x), snap(y - 3.5 * GRID)],
        pointer: [event.clientX, event.clientY],
      });
    },
    [flow],
  );
  return { menu, offer, close: useCallback(() => setMenu(undefined), []) };
}
