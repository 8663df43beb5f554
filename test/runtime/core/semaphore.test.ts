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

it('refuses those that need no permit any more while others queue up, also behind one that does', async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire(never);
  const granted: number[] = [];
  const patient = (at: number) => semaphore.acquire(never, () => false).then(() => granted.push(at));
  const first = patient(1);
  const gone = Array.from({ length: 40 }, () => semaphore.acquire(never, () => true));
  const refused = Promise.all(gone.map((each) => expect(each).rejects.toThrow('Gone')));
  const others = Array.from({ length: 40 }, (_, at) => patient(at + 2));
  await refused;
  for (const each of [first, ...others]) {
    semaphore.release();
    await each;
  }
  expect(granted).toEqual(Array.from({ length: 41 }, (_, at) => at + 1));
});
