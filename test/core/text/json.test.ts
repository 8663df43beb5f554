import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../core/text/json.ts';

describe('jsonText', () => {
  it('puts on one line what fits', () => {
    const schema = {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { type: 'string', minLength: 1 }, b: { enum: ['x'.repeat(40), 'y'.repeat(40)] } },
      empty: {},
    };
    expect(jsonText(schema)).toBe(`{
  "type": "object",
  "required": ["a", "b"],
  "properties": {
    "a": { "type": "string", "minLength": 1 },
    "b": {
      "enum": [
        "${'x'.repeat(40)}",
        "${'y'.repeat(40)}"
      ]
    }
  },
  "empty": {}
}
`);
  });

  it.each([[[]], [null], ['a "quoted" text'], [1.5], [[{ a: [] }, null]], [{ 'a b': { c: [1, [2]] } }]])(
    'is the same value again: %j',
    (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(value);
    },
  );
});
