import { expect, test } from 'vitest';
import { LineIndex, positionAt } from '../../../core/text/position.ts';

const TEXT = 'a: 1\n\n  bc: [x,\n y]\r\nlast: z';

test('finds the line and column of every offset, whichever was asked for before', () => {
  const offsets = Array.from({ length: TEXT.length + 1 }, (_, offset) => offset);
  for (const before of offsets) {
    for (const offset of offsets) {
      const index = new LineIndex(TEXT);
      index.position(before);
      expect(index.position(offset)).toEqual(positionAt(TEXT, offset));
    }
  }
});

test('finds lines far from the one before', () => {
  const text = 'line\n'.repeat(1000);
  const index = new LineIndex(text);
  for (const line of [0, 999, 1000, 3, 4, 700, 0, 512])
    expect(index.position(line * 5 + 2)).toMatchObject({
      line: Math.min(line, 1000) + 1,
      column: 3,
    });
});
