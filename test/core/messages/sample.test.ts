import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkExamples } from '../../../core/messages/examples.ts';
import { sampleOf } from '../../../core/messages/sample.ts';
import { load } from '../../../core/text/load.ts';

describe('sampleOf', () => {
  it.each([
    ['a constant', { const: 5 }, 5],
    ['the first of several values', { enum: ['a', 'b'] }, 'a'],
    ['the default', { type: 'string', default: 'x' }, 'x'],
    ['the first choice', { oneOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
    ['a text of its format', { type: 'string', format: 'date' }, '2026-01-31'],
    ['a text that is long enough', { type: 'string', minLength: 7 }, 'valuexx'],
    ['the least number', { type: 'integer', minimum: 3 }, 3],
    ['a number above the bound', { type: 'integer', exclusiveMinimum: 3 }, 4],
    ['a list with one item', { type: 'array', items: { type: 'integer' } }, [1]],
    [
      'an object of all properties',
      { properties: { id: { type: 'string' }, ok: { type: 'boolean' } } },
      { id: 'id', ok: true },
    ],
    ['what a reference leads to', { $ref: '#/$defs/a', $defs: { a: { const: 1 } } }, 1],
    ['nothing for nothing', {}, null],
  ])('gives %s', (_, schema, expected) => {
    expect(sampleOf(schema)).toEqual(expected);
  });

  it('comes to an end where a schema contains itself', () => {
    const node = { type: 'object', properties: { child: { $ref: '#' } } };
    expect(JSON.stringify(sampleOf(node)).length).toBeLessThan(200);
  });

  it.each(['orders', 'fulfilment', 'ledger'])('fits the schemas of %s, but for patterns', (name) => {
    const { design } = load(readFileSync(`examples/${name}.loom.yaml`, 'utf8'));
    let fitting = 0;
    for (const { schema } of design?.messages.values() ?? []) {
      if (!schema || JSON.stringify(schema).includes('"pattern"')) continue;
      expect(checkExamples(schema, [sampleOf(schema)])).toEqual({
        status: 'checked',
        verdicts: [{ fits: true }],
      });
      fitting++;
    }
    expect(fitting).toBeGreaterThan(0);
  });
});
