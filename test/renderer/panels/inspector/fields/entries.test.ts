import { describe, expect, test } from 'vitest';
import { kinds } from '../../../../../core/kinds/registry.ts';
import {
  entryOf,
  valueAttribute,
  withEntry,
} from '../../../../../renderer/panels/inspector/fields/entries.ts';

const { headers } = kinds.producers.attributes;
const { filter } = kinds.subscriptions.attributes;

describe('an entry that is typed into a map', () => {
  test('is what the file would have', () => {
    expect(entryOf(headers, 'region: eu')).toEqual({ ok: true, value: { region: 'eu' } });
    expect(entryOf(headers, 'tier: 2')).toEqual({ ok: true, value: { tier: 2 } });
    expect(entryOf(headers, 'tier: "2"')).toEqual({ ok: true, value: { tier: '2' } });
    expect(entryOf(filter, 'event: [order.paid, { prefix: refund. }]')).toEqual({
      ok: true,
      value: { event: ['order.paid', { prefix: 'refund.' }] },
    });
  });

  test.each([
    ['region', 'needs a key, a colon and a value'],
    ['region:', 'needs a value behind the colon'],
    ['region: [eu]', 'cannot hold that value'],
    ['region: [eu', 'is no YAML value: '],
  ])('%s is refused with the reason', (typed, reason) => {
    expect(entryOf(headers, typed)).toMatchObject({ ok: false, error: expect.stringContaining(reason) });
  });
});

describe('the value of a key', () => {
  test('is judged as a value of the map', () => {
    const value = valueAttribute(headers, 'tier');
    expect(value.accepts('2')).toBe(true);
    expect(value.accepts('[2]')).toBe(false);
    expect(value.schema().safeParse('[2]').error?.issues[0]?.message).toBe('cannot have that value');
  });

  test('takes the place of the one before, and the key is gone without one', () => {
    const map = { region: 'eu', tier: 2 };
    expect(withEntry(map, 'tier', '3')).toEqual({ region: 'eu', tier: 3 });
    expect(withEntry(map, 'tier', undefined)).toEqual({ region: 'eu' });
    expect(withEntry({ tier: 2 }, 'tier', undefined)).toBeUndefined();
  });
});
