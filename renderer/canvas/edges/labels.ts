import { useStore } from '@xyflow/react';
import { createContext, useMemo } from 'react';

/** Where labels of lines are drawn; nothing while none are, which saves making them when they are too small to see. */
export const LabelLayer = createContext<Element | null>(null);

/**
 * The part of the page that React Flow keeps for labels. Its own EdgeLabelRenderer looks for it in the whole canvas, for
 * every label and at every step of it: with a thousand elements that took most of the time of panning.
 */
export function useLabelLayer(): Element | null {
  const canvas = useStore(({ domNode }) => domNode);
  return useMemo(() => canvas?.querySelector('.react-flow__edgelabel-renderer') ?? null, [canvas]);
}
