import { useConnection } from '@xyflow/react';
import { createContext, useContext } from 'react';
import { canConnect, type Verdict } from '../../core/commands/connect.ts';
import type { ElementAddress } from '../../core/design/design.ts';
import { useApp } from '../store/store.ts';

/** Where the connection that is being drawn begins; asked of React Flow once, not by each node at every step of the canvas. */
export const DrawnFrom = createContext<ElementAddress | undefined>(undefined);

export const useDrawnFrom = (): ElementAddress | undefined =>
  useConnection(({ inProgress, fromNode }) => (inProgress ? (fromNode.id as ElementAddress) : undefined));

/** Whether the connection being made by pointer or keyboard may end at this element, and whether it is aimed at it. */
export function useConnectVerdict(to: ElementAddress): {
  readonly verdict: Verdict | undefined;
  readonly aimed: boolean;
} {
  const drawn = useContext(DrawnFrom);
  const aimedFrom = useApp((state) => state.aim?.from);
  const aimed = useApp((state) => state.aim?.to === to);
  const graph = useApp((state) => state.shown?.graph);
  const from = drawn ?? aimedFrom;
  if (from === undefined || from === to || !graph) return { verdict: undefined, aimed };
  return { verdict: canConnect(graph, from, to), aimed };
}

/** Verdict on the connection being drawn over a node, and where the pointer is; `undefined` over the empty canvas. */
export function useHoverVerdict():
  | { readonly verdict: Verdict; readonly x: number; readonly y: number }
  | undefined {
  const graph = useApp((state) => state.shown?.graph);
  const hover = useConnection(({ inProgress, fromNode, toNode, to }) =>
    inProgress && toNode && toNode.id !== fromNode.id
      ? `${fromNode.id}\n${toNode.id}\n${to.x}\n${to.y}`
      : undefined,
  );
  if (hover === undefined || !graph) return undefined;
  const [from, to, x, y] = hover.split('\n');
  return {
    verdict: canConnect(graph, from as ElementAddress, to as ElementAddress),
    x: Number(x),
    y: Number(y),
  };
}
