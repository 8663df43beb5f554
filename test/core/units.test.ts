import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatSize, parseDuration, parseRate, parseSize } from '../../core/units.ts';

describe('units', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5h', 5_400_000],
    ['14d', 1_209_600_000],
    ['30', undefined],
    ['-1s', undefined],
    ['1 s', undefined],
  ])('duration %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each([
    ['512B', 512],
    ['16KiB', 16_384],
    ['1MB', undefined],
  ])('size %s', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each([
    ['1000/s', 1000],
    ['60/m', 1],
    ['5', undefined],
  ])('rate %s', (text, perSecond) => expect(parseRate(text)).toBe(perSecond));

  it('writes durations that read back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it.each([
    [900, '900B'],
    [1536, '1.5KiB'],
    [300 * 1024, '300KiB'],
    [145e9, '135GiB'],
  ])('%d bytes are about %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});
