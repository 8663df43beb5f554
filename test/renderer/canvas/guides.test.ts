import { describe, expect, test } from 'vitest';
import { snapTo } from '../../../renderer/canvas/guides.ts';

const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height });

describe('snapping a dragged element', () => {
  test('brings it in line with the nearest side or middle, and shows a line over both', () => {
    expect(snapTo(box(203, 300), [box(200, 0)], 5)).toEqual({
      dx: -3,
      dy: 4,
      guides: [
        { axis: 'x', at: 200, from: 0, to: 354 },
        { axis: 'x', at: 300, from: 0, to: 354 },
      ],
    });
    // Its middle with the middle of a wider one.
    expect(snapTo(box(252, 304), [box(200, 0, 200)], 5)).toMatchObject({ dx: -2, guides: [{ at: 300 }] });
  });

  test('takes each axis by itself, and the grid where nothing is near', () => {
    const snapped = snapTo(box(203, 22), [box(200, 500), box(600, 20)], 5);
    expect(snapped).toMatchObject({ dx: -3, dy: -2 });
    expect(snapTo(box(1003, 1002), [box(0, 0)], 5)).toEqual({ dx: -3, dy: -2, guides: [] });
  });
});
