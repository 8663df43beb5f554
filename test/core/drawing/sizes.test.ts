import { describe, expect, test } from 'vitest';
import { farNameSize, sizeOf } from '../../../core/drawing/sizes.ts';
import { faces, widthOf } from '../../../core/drawing/svg/text.ts';

describe('the type of a name, zoomed out', () => {
  const size = (name: string): number => farNameSize('consumer', name, 160);

  test('is that of its neighbours where the name fits, else as large as its letters allow', () => {
    expect(size('email')).toBe(size('payment'));
    expect(size('till-it-fits-in')).toBeGreaterThan(size('www-mmmm-wwwwww'));
  });

  test('is never smaller than near by, nor too large for the shape', () => {
    for (const name of ['a', 'update-tracking', 'reserve-inventory-in-the-north']) {
      const { width } = sizeOf('consumer', name, 'p99 20ms');
      const type = farNameSize('consumer', name, width);
      expect(type).toBeGreaterThanOrEqual(faces.name.size);
      if (type > faces.name.size)
        expect(widthOf(name, { ...faces.name, size: type })).toBeLessThan(width - 36);
    }
  });
});
