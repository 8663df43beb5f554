import { expect, test } from 'vitest';
import { brokerKinds } from '../../core/kinds/brokers.ts';
import { brokers } from '../../generators/registry.ts';

test('there is a generator for each kind of broker, under its id', () => {
  expect(Object.keys(brokers).sort()).toEqual([...brokerKinds].sort());
  for (const kind of brokerKinds) expect(brokers[kind].id).toBe(kind);
});
