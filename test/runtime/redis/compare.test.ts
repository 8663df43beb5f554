import { expect, it } from 'vitest';
import { compareStreams, type FoundStream } from '../../../runtime/redis/compare.ts';
import type { StreamDeclaration } from '../../../runtime/redis/streams.ts';

const orders: StreamDeclaration = {
  name: 'orders',
  partitions: 1,
  trim: { maxLen: 10 },
  groups: [{ name: 'a', minIdleMs: 5 }],
};
const found = (declared: StreamDeclaration, rest: Partial<FoundStream> = {}) =>
  new Map([['orders', { declared, present: true, groups: new Set(['a', 'foreign']), ...rest }]]);

it('finds no difference where there is none, whatever the order of the fields', () => {
  const { groups, ...rest } = orders;
  expect(compareStreams([orders], found({ groups: groups ?? [], ...rest }))).toEqual([]);
});

it('tells what is missing and what the design does not name', () => {
  expect(compareStreams([orders], new Map())).toEqual([{ kind: 'missing', element: 'stream orders' }]);
  expect(compareStreams([orders], found(orders, { present: false }))).toEqual([
    { kind: 'missing', element: 'stream orders' },
  ]);
  expect(compareStreams([orders], found(orders, { groups: new Set() }))).toEqual([
    { kind: 'missing', element: 'group a of stream orders' },
  ]);
  expect(compareStreams([], found(orders))).toEqual([{ kind: 'extra', element: 'stream orders' }]);
});

it('tells which setting differs, and how', () => {
  const other = { ...orders, partitions: 2, trim: { acknowledged: true } as const, groups: [{ name: 'a' }] };
  const details = compareStreams([orders], found(other)).map(({ kind, detail }) => `${kind}: ${detail}`);
  expect(details).toEqual([
    'changed: partitions is 1 in the design and 2 at Redis',
    'changed: trim is {maxLen: 10} in the design and {acknowledged: true} at Redis',
    'changed: group a is {minIdleMs: 5, name: a} in the design and {name: a} at Redis',
  ]);
});
