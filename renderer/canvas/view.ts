import type { ReactFlowState } from '@xyflow/react';
import type { Box } from '../../core/drawing/geometry.ts';

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
