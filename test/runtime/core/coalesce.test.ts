import { expect, it } from 'vitest';
import { Coalesced } from '../../../runtime/core/coalesce.ts';

const doubled = (asked: number[][]) => async (items: readonly number[]) => {
  asked.push([...items]);
  return items.map((item) => item * 2);
};

it('asks once for what comes in one turn, and gives each its answer', async () => {
  const asked: number[][] = [];
  const doubles = new Coalesced(doubled(asked), 10);
  expect(await Promise.all([1, 2, 3].map((item) => doubles.add(item)))).toEqual([2, 4, 6]);
  expect(await doubles.add(4)).toBe(8);
  expect(asked).toEqual([[1, 2, 3], [4]]);
});

it('asks for no more at once than it may, and forgets none of the rest', async () => {
  const asked: number[][] = [];
  const doubles = new Coalesced(doubled(asked), 2);
  expect(await Promise.all([1, 2, 3, 4, 5].map((item) => doubles.add(item)))).toEqual([2, 4, 6, 8, 10]);
  expect(asked).toEqual([[1, 2], [3, 4], [5]]);
});

it('fails all that were asked for together, and none that come after', async () => {
  let fails = true;
  const asking = new Coalesced(async (items: readonly number[]) => {
    if (fails) throw new Error('away');
    return items;
  }, 10);
  const results = await Promise.allSettled([asking.add(1), asking.add(2)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await asking.add(3)).toBe(3);
});

it('takes answers for some of them as a failure of all', async () => {
  const asking = new Coalesced(async (items: readonly number[]) => items.slice(1), 10);
  await expect(Promise.all([asking.add(1), asking.add(2)])).rejects.toThrow('1 answers to 2 questions');
});
