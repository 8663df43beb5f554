import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nowAsText, secondsOf } from '../../../runtime/core/time.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0, 0, 7) }));
afterEach(() => void vi.useRealTimers());

test('now as a text follows the clock, forwards and back', () => {
  expect(nowAsText()).toBe('2026-01-01T12:00:00.007Z');
  expect(nowAsText()).toBe('2026-01-01T12:00:00.007Z');
  vi.setSystemTime(Date.UTC(2026, 0, 1, 12, 0, 1));
  expect(nowAsText()).toBe('2026-01-01T12:00:01.000Z');
  vi.setSystemTime(Date.UTC(2025, 0, 1));
  expect(nowAsText()).toBe('2025-01-01T00:00:00.000Z');
});

test('seconds of a text, whatever was asked before', () => {
  for (let times = 0; times < 2; times++) {
    expect(secondsOf('1970-01-01T00:01:00.999Z')).toBe(60);
    expect(secondsOf('yesterday')).toBeNaN();
    expect(secondsOf('')).toBeNaN();
    expect(secondsOf('1970-01-01T01:00:00+01:00')).toBe(0);
  }
});
