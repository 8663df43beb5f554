import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { orAborted, unwatchAbort, watchAbort } from '../../../runtime/core/abort.ts';

test('all that watch a signal are called once, in order, but those that have stopped', () => {
  const controller = new AbortController();
  const called: string[] = [];
  const gone = () => void called.push('gone');
  watchAbort(controller.signal, () => void called.push('first'));
  watchAbort(controller.signal, gone);
  watchAbort(controller.signal, () => void called.push('second'));
  unwatchAbort(controller.signal, gone);
  controller.abort();
  controller.abort();
  expect(called).toEqual(['first', 'second']);
});

test('one that stops another keeps it from being called', () => {
  const controller = new AbortController();
  const called: string[] = [];
  const other = () => void called.push('other');
  watchAbort(controller.signal, () => unwatchAbort(controller.signal, other));
  watchAbort(controller.signal, other);
  controller.abort();
  expect(called).toEqual([]);
});

test('a signal has one listener, however many watch it', () => {
  const { signal } = new AbortController();
  for (let n = 0; n < 1_000; n++) watchAbort(signal, () => {});
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
});

test('to stop watching what was never watched is no error', () => {
  unwatchAbort(new AbortController().signal, () => {});
});

test('work that ends first decides, and so does a signal that aborts first', async () => {
  const controller = new AbortController();
  await expect(orAborted(Promise.resolve(1), controller.signal)).resolves.toBe(1);
  const waiting = orAborted(new Promise(() => {}), controller.signal);
  controller.abort(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
  await expect(orAborted(Promise.resolve(1), controller.signal)).rejects.toThrow('over');
});
