import { expect, it } from 'vitest';
import { deferred } from '../../../runtime/core/abort.ts';
import { Lanes } from '../../../runtime/core/lanes.ts';

it('runs one task of a key at a time, in order, and other keys beside it', async () => {
  const lanes = new Lanes();
  const gates = [deferred<void>(), deferred<void>()];
  const steps: string[] = [];
  const first = lanes.run('a', async () => {
    steps.push('a1 starts');
    await gates[0]?.promise;
    steps.push('a1 ends');
  });
  const second = lanes.run('a', async () => void steps.push('a2'));
  await lanes.run('b', async () => void steps.push('b1'));
  expect(steps).toEqual(['a1 starts', 'b1']);
  gates[0]?.resolve();
  await Promise.all([first, second]);
  expect(steps).toEqual(['a1 starts', 'b1', 'a1 ends', 'a2']);
});

it('goes on after a failure, and forgets a key that has nothing left', async () => {
  const lanes = new Lanes();
  const failing = lanes.run('a', async () => {
    throw new Error('no');
  });
  const next = lanes.run('a', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
  await expect.poll(() => lanes.size).toBe(0);
});
