import { describe, expect, test } from 'vitest';
import { NEW, newOption } from '../../../../../renderer/panels/inspector/fields/Choice.tsx';

const make = { title: 'service', accepts: (name: string) => /^[a-z]+$/.test(name), run: () => {} };

describe('the option that makes what was typed', () => {
  test('is there for a name that is new', () => {
    expect(newOption(' billing ', [{ value: 'order', label: 'order' }], make)).toEqual([
      { value: NEW, label: 'New service billing' },
    ]);
  });

  test.each([
    ['a name that is there', 'order'],
    ['nothing', ' '],
    ['what cannot be a name', 'two words'],
  ])('is not there for %s', (_what, typed) => {
    expect(newOption(typed, [{ value: 'order', label: 'order' }], make)).toEqual([]);
  });

  test('is not there where nothing can be made', () => {
    expect(newOption('billing', [], undefined)).toEqual([]);
  });
});
