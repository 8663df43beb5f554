import { expect, test } from 'vitest';
import { templateList } from '../../../examples/templates.ts';
import { matching } from '../../../renderer/start/search.ts';

const found = (query: string): string[] => matching(templateList, query).map(({ id }) => id);

test.each([
  ['', templateList.map(({ id }) => id)],
  ['  Saga ', ['saga']],
  ['outbox', ['ledger']],
  ['rpc', ['request-reply']],
  ['kafka retry', ['event-log']],
  ['no such thing', []],
])('%j finds %j', (query, ids) => expect(found(query)).toEqual(ids));

test('finds a design by its brokers', () => {
  expect(found('kafka')).toContain('iot-ingest');
  expect(found('kafka')).not.toContain('fan-out');
});
