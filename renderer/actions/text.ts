import type { TextCommand } from '../store/state/view.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

const ask = (label: string, keys: string, command: TextCommand): ActionDefinition => ({
  label,
  group: 'Edit',
  keys: [keys],
  scope: 'editor',
  enabled: (app: AppState) => app.yamlOpen,
  run: (app: AppState) => app.askText(command),
});

/** What the editor of the text does at its cursor. */
export const textActions = {
  'text.definition': ask('Text: go to definition', 'F12', 'definition'),
  'text.references': ask('Text: find references', 'shift+F12', 'references'),
  'text.rename': ask('Text: rename everywhere', 'F2', 'rename'),
  'text.fix': ask('Text: quick fix', 'mod+.', 'fix'),
} as const satisfies Record<string, ActionDefinition>;
