import { expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

it('is the growth a step of a straight line', () => {
  expect(slopeOf([5, 7, 9, 11])).toBe(2);
  expect(slopeOf([5, 5, 5])).toBe(0);
});

it('finds the trend under what goes up and down', () => {
  const noisy = Array.from({ length: 60 }, (_, n) => 1_000_000 + 300 * n + 5_000 * Math.sin(n));
  expect(slopeOf(noisy)).toBeGreaterThan(250);
  expect(slopeOf(noisy)).toBeLessThan(350);
});
