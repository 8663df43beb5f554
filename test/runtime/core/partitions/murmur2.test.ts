import { murmur2 } from '@platformatic/kafka';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partitionOf } from '../../../../runtime/core/partitions/murmur2.ts';

it.each([
  // From Kafka's own UtilsTest.testMurmur2.
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
])('hashes %s as the Java client does', (key, hash) => {
  expect(partitionOf(Buffer.from(key), 2 ** 31)).toBe(hash & 0x7fffffff);
});

it('agrees with another implementation on any key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 1_000 }), (key, partitions) => {
      expect(partitionOf(key, partitions)).toBe((murmur2(Buffer.from(key)) & 0x7fffffff) % partitions);
    }),
    { numRuns: 200 },
  );
});
