import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StreamProgress } from '../../../runtime/core/streamProgress.ts';

it('begins with the first record where nothing else is known', () => {
  const progress = new StreamProgress(undefined);
  expect(progress.next).toBeUndefined();
  progress.received(7n);
  expect(progress.next).toBe(7n);
});

it('moves only over records that are all settled, and over gaps', () => {
  const progress = new StreamProgress(5n);
  const [five, six, nine] = [5n, 6n, 9n].map((offset) => progress.received(offset));
  expect(six && progress.settle(six)).toBe(false);
  expect(progress.next).toBe(5n);
  expect(five && progress.settle(five)).toBe(true);
  expect(progress.next).toBe(7n);
  expect(nine && progress.settle(nine)).toBe(true);
  expect(progress.next).toBe(10n);
});

it('never passes a record that is not settled, in whatever order they settle', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(50), { minLength: 1 }).chain((list) => {
        const offsets = [...list].sort((a, b) => a - b);
        return fc.tuple(fc.constant(offsets), fc.shuffledSubarray(offsets));
      }),
      ([offsets, settled]) => {
        const progress = new StreamProgress(BigInt(offsets[0] ?? 0));
        const records = new Map(offsets.map((offset) => [offset, progress.received(BigInt(offset))]));
        for (const offset of settled) {
          const record = records.get(offset);
          if (record) progress.settle(record);
        }
        const left = offsets.find((offset) => !settled.includes(offset));
        const next = Number(progress.next);
        expect(next <= (left ?? Number.POSITIVE_INFINITY)).toBe(true);
        // Nothing settled before the first that is open is read again.
        expect(offsets.filter((offset) => offset >= next && offset < (left ?? next))).toEqual([]);
      },
    ),
  );
});
