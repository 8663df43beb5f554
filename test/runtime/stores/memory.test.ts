import { expect, it } from 'vitest';
import { memoryStore } from '../../../runtime/stores/memory.ts';
import { inboxSuite } from './inboxSuite.ts';
import { storeSuite } from './suite.ts';

const store = memoryStore();
storeSuite('memory', () => store);

inboxSuite('memory', () => ({
  store,
  effect: (name) => ({ text: 'INSERT INTO effects VALUES ($1)', values: [name] }),
  count: async (name) => store.committed.filter(({ values = [] }) => values[0] === name).length,
}));

it('answers statements as the test says', async () => {
  const answering = memoryStore({ rows: ({ values = [] }) => [{ id: values[0] }] });
  await answering.claim('k', 'a', 1_000, '');
  const { transaction } = await answering.begin('k', 'a');
  expect(await transaction.query('SELECT id FROM orders WHERE id = $1', [7])).toEqual({
    rows: [{ id: 7 }],
    rowCount: 1,
  });
});
