import { expect, test } from 'vitest';
import { type Entry, find } from '../../../../renderer/dialogs/search/find.ts';

const entry = (label: string, more: Partial<Entry> = {}): Entry => ({
  id: label,
  label,
  run: () => undefined,
  ...more,
});
const elements = [
  entry('count-orders'),
  entry('orders-log'),
  entry('email', { about: 'binding of Orders' }),
  entry('payments'),
  entry('orders'),
];
const labels = (typed: string, entries: readonly Entry[], most = 12) =>
  find(typed, [{ title: 'Elements', entries }], most).map((group) => group.entries.map(({ label }) => label));

test('an element that is called what was typed comes before those with more in their names', () => {
  expect(labels(' Orders ', elements)).toEqual([['orders', 'orders-log', 'count-orders', 'email']]);
});

test('what can do nothing at the moment comes after all that can', () => {
  const commands = [entry('Undo', { disabled: true }), entry('Go on', { keywords: ['undo'] })];
  expect(labels('undo', commands)).toEqual([['Go on', 'Undo']]);
});

test('a group says how many it keeps back, and one without an answer is left out', () => {
  const groups = [
    { title: 'Elements', entries: elements },
    { title: 'Commands', entries: [entry('Save')] },
  ];
  expect(find('orders', groups, 3)).toMatchObject([{ title: 'Elements', entries: [{}, {}, {}], more: 1 }]);
  expect(find('nothing like it', groups, 3)).toEqual([]);
});
