import { expect, it } from 'vitest';
import { Semaphore } from '../../../runtime/core/semaphore.ts';

const never = new AbortController().signal;

it('hands out its permits first come first served', async () => {
  const semaphore = new Semaphore(1);
  const order: string[] = [];
  await semaphore.acquire(never);
  const waiting = ['first', 'second'].map((name) => semaphore.acquire(never).then(() => order.push(name)));
  expect(semaphore.tryAcquire()).toBe(false);
  semaphore.release();
  await waiting[0];
  expect(order).toEqual(['first']);
  semaphore.release();
  await waiting[1];
  semaphore.release();
  expect(semaphore.tryAcquire()).toBe(true);
});

it('lets a waiter go when its signal aborts, without losing the permit', async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire(never);
  const impatient = new AbortController();
  const gaveUp = semaphore.acquire(impatient.signal);
  const patient = semaphore.acquire(never);
  impatient.abort(new Error('too long'));
  await expect(gaveUp).rejects.toThrow('too long');
  semaphore.release();
  await patient;
  expect(semaphore.tryAcquire()).toBe(false);
  await expect(semaphore.acquire(impatient.signal)).rejects.toThrow('too long');
});

it('refuses those at the front that need no permit any more as soon as others queue up', async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire(never);
  const gone = [1, 2].map(() => semaphore.acquire(never, () => true));
  const patient = semaphore.acquire(never, () => false);
  await Promise.all(gone.map((each) => expect(each).rejects.toThrow('Gone')));
  semaphore.release();
  await patient;
});
