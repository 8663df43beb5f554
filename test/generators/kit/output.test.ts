import { expect, test } from 'vitest';
import { Output } from '../../../generators/kit/output.ts';

test('is sorted by path', () => {
  const out = new Output();
  out.add('b/c.ts', '1');
  out.add('.env.example', '2', 'yours');
  expect([...out.tree()]).toEqual([
    ['.env.example', { content: '2', ownership: 'yours' }],
    ['b/c.ts', { content: '1', ownership: 'generated' }],
  ]);
});

test.each(['../x', '/etc/x', 'a/../b', 'a//b', 'a\\b', '', '.', 'a/.', 'a b', 'C:x', 'a/\u0000'])(
  'refuses the path %j',
  (path) => {
    expect(() => new Output().add(path, '')).toThrow('Not a path');
  },
);

test('refuses a second file of one path', () => {
  const out = new Output();
  out.add('a', '1');
  expect(() => out.add('a', '2')).toThrow('Two files for a');
});
