import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headersMatch, topicMatches } from '../../../core/design/routing.ts';

describe('topicMatches', () => {
  it.each([
    ['order.created', 'order.created', true],
    ['order.*', 'order.created', true],
    ['order.*', 'order', false],
    ['order.*', 'order.created.v2', false],
    ['order.#', 'order', true],
    ['order.#', 'order.created.v2', true],
    ['#', '', true],
    ['#', 'a.b.c', true],
    ['*.paid', 'order.paid', true],
    ['#.paid', 'paid', true],
    ['#.paid.#', 'eu.order.paid.late', true],
    ['*.*.#', 'a', false],
    ['order.cr*', 'order.created', false],
  ])('%s against %s: %s', (pattern, key, expected) => {
    expect(topicMatches(pattern, key)).toBe(expected);
  });

  it('agrees with the same question asked of a regular expression', () => {
    const word = fc.constantFrom('a', 'b', '');
    const part = fc.constantFrom('a', 'b', '*', '#');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.array(word, { minLength: 1, maxLength: 6 }),
        (parts, words) => {
          // Every word is written with a dot behind it, so that `#` is any number of such groups.
          const regex = new RegExp(
            `^${parts.map((p) => (p === '#' ? '(?:[^.]*\\.)*' : p === '*' ? '[^.]*\\.' : `${p}\\.`)).join('')}$`,
          );
          expect(topicMatches(parts.join('.'), words.join('.'))).toBe(regex.test(`${words.join('.')}.`));
        },
      ),
    );
  });
});

describe('headersMatch', () => {
  it.each([
    [{ a: 1, b: 2 }, 'all', { a: 1, b: 2, c: 3 }, true],
    [{ a: 1, b: 2 }, 'all', { a: 1 }, false],
    [{ a: 1, b: 2 }, 'any', { b: 2 }, true],
    [{ a: 1, b: 2 }, 'any', {}, false],
    [{ 'x-a': 1 }, 'all', {}, true],
    [{ 'x-a': 1 }, 'all-with-x', {}, false],
    [{}, 'all', { a: 1 }, true],
    [{}, 'any', { a: 1 }, false],
  ] as const)('%j %s %j: %s', (binding, match, headers, expected) => {
    expect(headersMatch(binding, match, headers)).toBe(expected);
  });
});
