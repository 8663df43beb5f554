import { runInNewContext } from 'node:vm';
import { parseSync } from '@swc/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Code, literal, propertyKey, stringLiteral } from '../../../generators/kit/literals.ts';

/** What a literal means to JavaScript. */
const meaning = (code: string): unknown => JSON.parse(runInNewContext(`JSON.stringify(${code})`));

describe('literal', () => {
  test('means the value it was made of, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(meaning(literal(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(meaning(literal(JSON.parse('{ "__proto__": 1 }')))).toEqual(JSON.parse('{ "__proto__": 1 }'));
  });

  test('means the text it was made of, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(meaning(stringLiteral(text))).toBe(text);
        expect(stringLiteral(text)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  test('takes the quotes that need fewer escapes', () => {
    expect(stringLiteral('say "hi"')).toBe(`'say "hi"'`);
    expect(stringLiteral("it's")).toBe(`"it's"`);
    expect(stringLiteral(`'"`)).toBe(`'\\'"'`);
  });

  test('quotes property names only where it must', () => {
    expect(['name', 'take-payment', '1st', '$ok', 'a b'].map(propertyKey)).toEqual([
      'name',
      "'take-payment'",
      "'1st'",
      '$ok',
      "'a b'",
    ]);
  });

  test('keeps short objects and lists on a line and breaks others', () => {
    expect(literal({ queue: 'dlq' })).toBe("{ queue: 'dlq' }");
    expect(literal({ a: 1, b: 2, c: 3 })).toBe('{\n  a: 1,\n  b: 2,\n  c: 3,\n}');
    expect(literal(['a', 'b'])).toBe("['a', 'b']");
    expect(literal(Array.from({ length: 20 }, (_, i) => `item-${i}`)).split('\n')).toHaveLength(22);
    parseSync(`const x = ${literal([{ a: [1, { b: null }] }, {}])}`, { syntax: 'typescript' });
  });

  test('refuses what is no JSON', () => {
    expect(() => literal(Number.NaN)).toThrow('no JSON value');
    expect(() => literal(() => 1)).toThrow('no JSON value');
  });

  test('leaves code of an encoder as it is', () => {
    expect(literal(new Code('typeof x'))).toBe('typeof x');
  });
});
