import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFile } from '../../../generators/kit/json.ts';

test('is JSON with the same value, whatever the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonFile(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('leaves out what is undefined, and ends with a line break', () => {
  expect(jsonFile({ a: undefined, b: [1, 2] })).toBe('{\n  "b": [1, 2]\n}\n');
});

test('breaks lists that do not fit, and shares lines among numbers', () => {
  const lines = jsonFile({ n: Array.from({ length: 100 }, (_, i) => i) }).split('\n');
  expect(lines.length).toBeLessThan(10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
});
