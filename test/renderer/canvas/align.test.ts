import { describe, expect, test } from 'vitest';
import { aligned, distributed, type PlacedBox } from '../../../renderer/canvas/align.ts';

const boxes: readonly PlacedBox[] = [
  { address: 'queues/a', x: 0, y: 10, width: 100, height: 50 },
  { address: 'queues/b', x: 300, y: 40, width: 60, height: 70 },
  { address: 'queues/c', x: 120, y: 400, width: 100, height: 50 },
];
const places = (moves: readonly { address: string; to: readonly number[] }[]) =>
  Object.fromEntries(moves.map(({ address, to }) => [address.slice(7), to]));

describe('aligning', () => {
  test.each([
    ['left', { a: [0, 10], b: [0, 40], c: [0, 400] }],
    ['center', { a: [130, 10], b: [150, 40], c: [130, 400] }],
    ['right', { a: [260, 10], b: [300, 40], c: [260, 400] }],
    ['top', { a: [0, 10], b: [300, 10], c: [120, 10] }],
    ['middle', { a: [0, 205], b: [300, 195], c: [120, 205] }],
    ['bottom', { a: [0, 400], b: [300, 380], c: [120, 400] }],
  ] as const)('%s takes the box around all of them', (alignment, expected) => {
    expect(places(aligned(boxes, alignment))).toEqual(expected);
  });
});

describe('distributing', () => {
  test('leaves equal gaps and the outermost where they are', () => {
    expect(places(distributed(boxes, 'x'))).toEqual({ a: [0, 10], c: [150, 400], b: [300, 40] });
    expect(places(distributed(boxes, 'y'))).toEqual({ a: [0, 10], b: [300, 195], c: [120, 400] });
  });

  test('needs three', () => {
    expect(distributed(boxes.slice(0, 2), 'x')).toEqual([]);
  });
});
