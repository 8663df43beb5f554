import { expect, test } from 'vitest';
import { inline } from '../../../core/text/render.ts';
import { readValue } from '../../../core/text/value.ts';

test.each([
  5,
  '5',
  true,
  'true',
  'order.created',
  '#',
  'a: b',
  ['a', 1, { prefix: 'order.' }],
  { 'x-max-priority': 10 },
  null,
])('%j is read back from how it is written', (value) => {
  expect(readValue(inline(value))).toEqual({ ok: true, value });
});

test.each([
  ['[a', 'is no YAML value: '],
  ['*x', 'has an alias'],
  ['a'.repeat(2001), 'is longer than 2,000 characters'],
])('%s is refused with the reason', (text, reason) => {
  expect(readValue(text)).toMatchObject({ ok: false, error: expect.stringContaining(reason) });
});
