import type { ThemeChoice } from '../store/state/view.ts';
import type { ActionDefinition } from './action.ts';

const choose = (theme: ThemeChoice, label: string): ActionDefinition => ({
  label,
  group: 'View',
  scope: 'always',
  run: (app) => app.askTheme(theme),
});

/** The colours of the window. */
export const themeActions = {
  'theme.light': choose('light', 'Use the light theme'),
  'theme.dark': choose('dark', 'Use the dark theme'),
  'theme.system': choose('auto', 'Use the theme of the system'),
} as const satisfies Record<string, ActionDefinition>;
