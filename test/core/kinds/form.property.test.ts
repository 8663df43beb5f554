import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Form } from '../../../core/kinds/form.ts';
import { kinds, sections } from '../../../core/kinds/registry.ts';
import { load } from '../../../core/text/load.ts';
import { entryForms } from '../../../core/text/schema.ts';
import { designWith } from '../../../scripts/bench/designs.ts';

/** Values near the borders of what attributes take. */
const word = fc.constantFrom(
  ...['', 'standard', 'none', 'permanent', '30s', '1.5d', '30 s', '16KiB', '10/s', '10/w', '2027-01-31'],
  ...['2027-1-1', 'true', 'a\u0000b', '\u202eabc', '\ud800', 'é', 'x'.repeat(10_000), 'x'.repeat(10_001)],
);
const names = sections.flatMap((section) => Object.keys(kinds[section].attributes));
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    word,
    fc.constantFrom(0, -1, 1, 1.5, -0, 2 ** 53, 2 ** 53 - 1, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
    fc.constantFrom(null, undefined, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...names, 'avg', 'max', 'mode', 'maxAttempts', 'owner'), word),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).value;

const all: readonly (readonly [string, Form])[] = [
  ...sections.flatMap((section) =>
    Object.entries(kinds[section].attributes as Record<string, Form>).map(
      ([name, form]) => [`${section}.${name}`, form] as const,
    ),
  ),
  ...Object.entries(entryForms).map(([section, form]) => [`an entry of ${section}`, form] as const),
];

describe('what is accepted is what the schema takes and leaves as it is', () => {
  test.each(all)('%s', (_, { accepts, schema }) => {
    fc.assert(
      fc.property(values, (value) => {
        if (accepts(value)) expect(schema().safeParse(value)).toEqual({ success: true, data: value });
      }),
      { numRuns: 300 },
    );
  });

  test.each(all)('%s, the other way round', (_, { accepts, schema }) => {
    fc.assert(
      fc.property(values, (value) => {
        const { success, data } = schema().safeParse(value);
        // Only what the schema changes is left to it.
        if (success) expect(accepts(value) || data !== value).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test('a common design needs no schema', () => {
  const { design } = load(designWith(10));
  for (const section of sections)
    for (const value of design?.[section].values() ?? [])
      expect(entryForms[section].accepts(value), section).toBe(true);
});
