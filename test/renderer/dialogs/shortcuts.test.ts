import { expect, test } from 'vitest';
import type { ActionDefinition } from '../../../renderer/actions/action.ts';
import { actionEntries } from '../../../renderer/actions/registry.ts';
import { shortcuts } from '../../../renderer/dialogs/shortcuts.ts';

const labels = (query: string): string[] =>
  shortcuts(query).flatMap(({ lines }) => lines.map(({ label }) => label));

test('every action with a key is in the list', () => {
  const all = labels('');
  for (const [id, action] of actionEntries as readonly [string, ActionDefinition][])
    if (action.keys?.length) expect(all, id).toContain(action.row ?? action.label);
});

test.each([
  ['align left', ['Align left sides']],
  ['resize', ['Resize the note']],
  ['wheel zoom', ['Zoom']],
  ['no such thing', []],
])('%j finds %j', (query, expected) => expect(labels(query)).toEqual(expected));
