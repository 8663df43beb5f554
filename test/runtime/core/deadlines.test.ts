import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadlines } from '../../../runtime/core/deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const deadlines = () => new Deadlines((timeoutMs) => new Error(`${timeoutMs} ms are over`));

test('sends of one millisecond and one time-out share a signal', () => {
  const all = deadlines();
  const [first, second, other] = [all.start(100), all.start(100), all.start(200)];
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  vi.advanceTimersByTime(1);
  expect(all.start(200)).not.toBe(other);
});

test('a signal aborts when its time is over, with the reason', () => {
  const { signal } = deadlines().start(100);
  vi.advanceTimersByTime(99);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.reason).toEqual(new Error('100 ms are over'));
});

test('the timer is gone once all who share it have ended, and not before', () => {
  const all = deadlines();
  const first = all.start(100);
  all.start(100);
  first.end();
  expect(vi.getTimerCount()).toBe(1);
  first.end();
  expect(vi.getTimerCount()).toBe(0);
});

test('what begins after all have ended has a time of its own', () => {
  const all = deadlines();
  const first = all.start(100);
  first.end();
  const second = all.start(100);
  expect(second).not.toBe(first);
  vi.advanceTimersByTime(100);
  expect(second.signal.aborted).toBe(true);
});
