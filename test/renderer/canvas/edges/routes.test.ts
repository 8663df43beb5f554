import { expect, test } from 'vitest';
import type { Route } from '../../../../core/drawing/curves.ts';
import { Routes } from '../../../../renderer/canvas/edges/routes.ts';

const route = (path: string): Route => ({ path, arrow: '', label: undefined }) as unknown as Route;

test('a line is told of its own route, when that is another one than before', () => {
  const [first, second, moved] = [route('M0 0'), route('M1 1'), route('M2 2')];
  const routes = new Routes();
  const told: string[] = [];
  const stop = routes.listen('a', () => told.push('a'));
  routes.listen('b', () => told.push('b'));

  routes.set(
    new Map([
      ['a', first],
      ['b', second],
    ]),
  );
  expect(told.splice(0)).toEqual(['a', 'b']);

  routes.set(
    new Map([
      ['a', first],
      ['b', moved],
    ]),
  );
  expect(told.splice(0)).toEqual(['b']);
  expect([routes.get('a'), routes.get('b'), routes.get('c')]).toEqual([first, moved, undefined]);

  stop();
  routes.set(new Map());
  expect(told).toEqual(['b']);
});
