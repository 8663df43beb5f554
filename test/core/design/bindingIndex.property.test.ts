import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BindingIndex } from '../../../core/design/bindingIndex.ts';
import { bindingMatches } from '../../../core/design/routing.ts';
import { exchangeTypes } from '../../../core/kinds/exchange/index.ts';

const words = fc.array(fc.constantFrom('a', 'b', '', '*', '#'), { minLength: 1, maxLength: 5 });
const key = words.map((parts) => parts.join('.'));
const headers = fc.dictionary(fc.constantFrom('x', 'y', 'x-z'), fc.constantFrom(1, 'one', true));
const binding = fc.record(
  { routingKey: key, headers, xMatch: fc.constantFrom('all', 'any', 'all-with-x', 'any-with-x') },
  { requiredKeys: [] },
);

test('the bindings that are found are those that match, in their order', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...exchangeTypes),
      fc.array(binding, { maxLength: 8 }),
      key,
      headers,
      (type, values, routingKey, sent) => {
        const bindings = values.map((value) => ({
          value: { source: 'events', destination: 'jobs', ...value } as const,
        }));
        const expected = bindings.filter(({ value }) => bindingMatches(type, value, routingKey, sent));
        expect(new BindingIndex(type, bindings).matching(routingKey, sent)).toEqual(expected);
      },
    ),
    { numRuns: 5000 },
  );
});
