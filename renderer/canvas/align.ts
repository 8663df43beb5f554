import type { ElementAddress, Point } from '../../core/design/design.ts';
import { type Box, boxAround } from '../../core/drawing/geometry.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'x' | 'y';

export interface PlacedBox extends Box {
  readonly address: ElementAddress;
}
export interface Move {
  readonly address: ElementAddress;
  readonly to: Point;
}

const place: Readonly<Record<Alignment, (box: Box, around: Box) => Point>> = {
  left: ({ y }, around) => [around.x, y],
  center: ({ y, width }, around) => [around.x + (around.width - width) / 2, y],
  right: ({ y, width }, around) => [around.x + around.width - width, y],
  top: ({ x }, around) => [x, around.y],
  middle: ({ x, height }, around) => [x, around.y + (around.height - height) / 2],
  bottom: ({ x, height }, around) => [x, around.y + around.height - height],
};

/** Moves that bring elements in line, along the box around all of them. */
export function aligned(boxes: readonly PlacedBox[], alignment: Alignment): readonly Move[] {
  const around = boxAround(boxes);
  return around ? boxes.map((box) => ({ address: box.address, to: place[alignment](box, around) })) : [];
}

/** Moves that leave equal gaps between elements; the outermost stay where they are. */
export function distributed(boxes: readonly PlacedBox[], axis: Axis): readonly Move[] {
  const size = axis === 'x' ? 'width' : 'height';
  const ordered = [...boxes].sort((a, b) => a[axis] - b[axis]);
  const around = boxAround(boxes);
  if (!around || boxes.length < 3) return [];
  const filled = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (around[size] - filled) / (boxes.length - 1);
  let next = around[axis];
  return ordered.map((box) => {
    const at = next;
    next += box[size] + gap;
    return { address: box.address, to: axis === 'x' ? [at, box.y] : [box.x, at] };
  });
}
