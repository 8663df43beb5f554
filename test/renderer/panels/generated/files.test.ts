import { describe, expect, test } from 'vitest';
import type { GenerateChange } from '../../../../core/contract/ipc.ts';
import { stateOf, versionsOf } from '../../../../renderer/panels/generated/fileState.ts';
import { rowsOf } from '../../../../renderer/panels/generated/tree.ts';

const change = (path: string, more: Partial<GenerateChange> = {}): GenerateChange => ({
  path,
  status: 'unchanged',
  ownership: 'generated',
  before: 'a\n',
  after: 'a\n',
  ...more,
});

describe('the state of a generated file', () => {
  test.each([
    ['same', {}, { after: 'a\n' }],
    ['new', { status: 'new', before: null, after: 'b\n' }, { after: 'b\n' }],
    ['changed', { status: 'changed', after: 'b\n' }, { before: 'a\n', after: 'b\n' }],
    ['deleted', { status: 'deleted', after: null }, { before: 'a\n', after: '' }],
    ['conflict', { status: 'conflict', after: 'b\n', pristine: 'b\n' }, { before: 'a\n', after: 'b\n' }],
    ['merged', { status: 'merged', after: 'a\nb\n', pristine: 'b\n' }, { before: 'a\n', after: 'a\nb\n' }],
    ['edited', { pristine: 'p\n' }, { before: 'p\n', after: 'a\n' }],
    ['yours', { ownership: 'yours' }, { after: 'a\n' }],
    ['kept', { status: 'kept', after: null, before: null }, { after: '' }],
  ] as const)('is %s, and so are the versions to compare', (state, more, versions) => {
    expect(stateOf(change('x', more))).toBe(state);
    expect(versionsOf(change('x', more))).toEqual(versions);
  });
});

describe('the tree of generated files', () => {
  const changes = [
    change('README.md', { status: 'new' }),
    change('services/payment/src/main.ts'),
    change('services/payment/src/handlers/pay.ts', { status: 'new' }),
    change('brokers/work/definitions.json', { status: 'changed' }),
  ];

  test('puts folders first, joins those that hold one folder only, and counts what is touched', () => {
    const rows = rowsOf(changes, () => true).map(({ name, depth, touched }) => [name, depth, touched]);
    expect(rows).toEqual([
      ['brokers/work', 0, 1],
      ['definitions.json', 1, 0],
      ['services/payment/src', 0, 1],
      ['handlers', 1, 1],
      ['pay.ts', 2, 0],
      ['main.ts', 1, 0],
      ['README.md', 0, 0],
    ]);
  });

  test('leaves out what is in closed folders', () => {
    const rows = rowsOf(changes, (path) => path.startsWith('brokers'));
    expect(rows.map(({ name }) => name)).toEqual([
      'brokers/work',
      'definitions.json',
      'services/payment/src',
      'README.md',
    ]);
  });
});
