import { expect, it } from 'vitest';
import { textAt } from '../../../runtime/core/pointer.ts';

const data = {
  a: { 'b/c': 'slash', 'd~e': 'tilde' },
  list: ['x', { y: 2 }],
  no: null,
  yes: true,
  '': 'empty',
};

it.each([
  ['/a/b~1c', 'slash'],
  ['/a/d~0e', 'tilde'],
  ['/list/0', 'x'],
  ['/list/1/y', '2'],
  ['/yes', 'true'],
  ['/', 'empty'],
  ['/a', undefined],
  ['/no', undefined],
  ['/list/9', undefined],
  ['/constructor/name', undefined],
  ['/a/b~1c/length', undefined],
])('%s is %s', (pointer, expected) => {
  expect(textAt(data, pointer)).toBe(expected);
});
