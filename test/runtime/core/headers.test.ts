import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countHeader, headerNames, textHeader, withoutBrokerHeaders } from '../../../runtime/core/headers.ts';

it('documents every header of the library, and no other', () => {
  const docs = readFileSync(new URL('../../../docs/runtime.md', import.meta.url), 'utf8');
  const documented = [...docs.matchAll(/^\| `((?:loom-|trace)[a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual(Object.values(headerNames).sort());
});

it.each([
  ['3', '3'],
  ['', undefined],
  [7, '7'],
  [true, 'true'],
  [null, undefined],
  [{}, undefined],
])('reads %j as the text %j', (value, expected) => {
  expect(textHeader({ h: value }, 'h')).toBe(expected);
});

it.each([
  [3, 3],
  ['4', 4],
  [-1, 0],
  [1.5, 0],
  ['many', 0],
  [undefined, 0],
  [Number.MAX_VALUE, 0],
])('reads %j as the count %j', (value, expected) => {
  expect(countHeader({ h: value }, 'h')).toBe(expected);
});

it("drops the broker's own records and keeps the rest", () => {
  const broker = {
    'x-death': [],
    'x-first-death-queue': 'q',
    'x-last-death-reason': 'r',
    'x-delivery-count': 2,
  };
  expect(withoutBrokerHeaders({ ...broker, 'x-tenant': 't', a: 1 })).toEqual({ 'x-tenant': 't', a: 1 });
});
