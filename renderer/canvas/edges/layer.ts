import { useStore } from '@xyflow/react';
import { useMemo } from 'react';

/**
 * The part of the page that React Flow keeps for labels of lines: behind the elements, and moved with them. Its own
 * EdgeLabelRenderer looks for it in the whole canvas at every step of it.
 */
export function useLinkLayer(): Element | null {
  const canvas = useStore(({ domNode }) => domNode);
  return useMemo(() => canvas?.querySelector('.react-flow__edgelabel-renderer') ?? null, [canvas]);
}
