import { expect, test } from 'vitest';
import { code, plain, table } from '../../../generators/kit/markdown.ts';

test('plain text is no markup', () => {
  expect(plain('a | b')).toBe('a \\| b');
  expect(plain('[x](javascript:y) <b> `c` &amp; *d* _e_ f_g')).toBe(
    '\\[x\\](javascript:y) &lt;b> \\`c\\` &amp;amp; \\*d\\* \\_e\\_ f_g',
  );
  expect(['# a', '- b', '1. c', '> d'].map(plain)).toEqual(['\\# a', '\\- b', '1\\. c', '\\> d']);
  expect(plain('two\nlines')).toBe('two lines');
});

test('inline code keeps back-quotes apart from its own', () => {
  expect(code('x')).toBe('`x`');
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`a')).toBe('`` `a ``');
});

test('a table has a row a line', () => {
  expect(table(['A', 'B'], [['1', '2']])).toEqual(['| A | B |', '| --- | --- |', '| 1 | 2 |']);
});
