import { expect, it } from 'vitest';
import { readable } from '../../../runtime/core/thrown.ts';

class Declined extends Error {}

const refuse = (): never => {
  throw new Error('no');
};

it.each([
  new Declined('no funds', { cause: new Error('limit') }),
  new AggregateError([new Error('one')]),
  'a text',
  undefined,
  { code: 7 },
])('leaves %s as it is', (thrown) => {
  expect(readable(thrown)).toBe(thrown);
});

it.each([
  ['a proxy that refuses everything', new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse })],
  ['an object without a text', Object.create(null)],
  ['an error whose text cannot be read', Object.defineProperty(new Error(), 'message', { get: refuse })],
  ['an error whose text is none', Object.assign(new Error(), { message: 7 })],
  [
    'an error with such a cause',
    new Error('outer', { cause: Object.defineProperty(new Error(), 'stack', { get: refuse }) }),
  ],
])('puts a plain error in the place of %s', (_, thrown) => {
  expect(readable(thrown)).toStrictEqual(new Error('The handler has thrown something that cannot be read.'));
});
