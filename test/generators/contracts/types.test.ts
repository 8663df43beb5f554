import { expect, test } from 'vitest';
import { typeOf } from '../../../generators/contracts/types.ts';

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ enum: ['a', "it's", 1, null] }, `'a' | "it's" | 1 | null`],
  [{ const: true }, 'true'],
  [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, `('a' | 'b')[]`],
  [{ type: 'array' }, 'unknown[]'],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string | number'],
  [{ anyOf: [{ type: 'string' }, {}] }, 'unknown'],
  [{ $ref: '#/$defs/x' }, 'unknown'],
  [{ allOf: [{ type: 'string' }] }, 'unknown'],
  [true, 'unknown'],
  [false, 'never'],
  [{ type: 'object' }, '{\n  [key: string]: unknown;\n}'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{\n  [key: string]: number;\n}'],
  [
    {
      required: ['id'],
      properties: {
        id: { type: 'string', description: 'The */ id' },
        'a-b': { properties: { c: { type: 'null' } } },
      },
    },
    "{\n  /** The *\\/ id */\n  id: string;\n  'a-b'?: {\n    c?: null;\n  };\n}",
  ],
  [
    { type: 'array', items: { type: 'object', properties: { x: { type: ['string', 'null'] } } } },
    '{\n  x?: string | null;\n}[]',
  ],
])('%j is %s', (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});
