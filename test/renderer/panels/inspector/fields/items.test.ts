import { expect, test } from 'vitest';
import { kinds } from '../../../../../core/kinds/registry.ts';
import { isWhole, summaryOf } from '../../../../../renderer/panels/inspector/fields/items.ts';

const { externalCalls } = kinds.consumers.attributes;
const { permissions } = kinds.services.attributes;
const { scalePlan } = kinds.flows.attributes;

test('an item is whole once it says something and all that it must', () => {
  expect(isWhole(permissions, { channel: 'orders' })).toBe(false);
  expect(isWhole(permissions, { channel: 'orders', may: 'write' })).toBe(true);
  expect(isWhole(scalePlan, {})).toBe(false);
  expect(isWhole(scalePlan, { trigger: undefined })).toBe(false);
  expect(isWhole(scalePlan, { trigger: 'lag > 1m' })).toBe(true);
});

test('an item in a line is what it says, in the order of its kind', () => {
  expect(summaryOf(externalCalls, { passesKey: true, name: 'bank', idempotent: false })).toBe(
    'bank · passesKey',
  );
  expect(summaryOf(externalCalls, {})).toBe('New entry');
});
