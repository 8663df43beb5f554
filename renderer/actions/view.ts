import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

const open = (app: AppState): boolean => app.session !== undefined;

/** What is shown, and how. */
export const viewActions = {
  'view.commands': {
    label: 'Search elements and commands',
    group: 'View',
    keys: ['mod+K'],
    scope: 'always',
    run: (app) => app.openDialog('commands'),
  },
  'view.jump': {
    label: 'Go to an element…',
    group: 'View',
    keys: ['mod+P'],
    scope: 'always',
    enabled: open,
    run: (app) => app.openDialog('elements'),
  },
  'view.yaml': {
    label: 'Show or hide the YAML',
    group: 'View',
    keys: ['mod+E'],
    scope: 'always',
    enabled: open,
    run: (app) => app.toggleYaml(),
  },
  'view.fit': {
    label: 'Show everything',
    group: 'View',
    keys: ['F'],
    scope: 'canvas',
    run: (app) => app.fitView(),
  },
  'view.actualSize': {
    label: 'Zoom to 100 %',
    group: 'View',
    keys: ['1'],
    scope: 'canvas',
    enabled: open,
    run: (app) => app.showActualSize(),
  },
  'view.overview': {
    label: 'Show or hide the overview map',
    group: 'View',
    keys: ['M'],
    scope: 'canvas',
    enabled: open,
    run: (app) => app.toggleOverview(),
  },
  'view.retries': {
    label: 'Fold or unfold retries',
    group: 'View',
    keys: ['R'],
    scope: 'canvas',
    enabled: open,
    run: (app) => app.toggleRetries(),
  },
  'view.shortcuts': {
    label: 'Keyboard shortcuts',
    group: 'View',
    keys: ['?', 'shift+?'],
    scope: 'canvas',
    run: (app) => app.openDialog('shortcuts'),
  },
  'view.checklist': {
    label: 'Show the checklist',
    group: 'View',
    scope: 'always',
    enabled: open,
    run: (app) => app.showBottom('checklist'),
  },
  'view.contracts': {
    label: 'Show the message contracts',
    group: 'View',
    scope: 'always',
    enabled: open,
    run: (app) => app.showBottom('contracts'),
  },
  'view.history': {
    label: 'Show the history',
    group: 'View',
    keys: ['mod+H'],
    scope: 'canvas',
    enabled: open,
    run: (app) => app.showBottom('history'),
  },
} as const satisfies Record<string, ActionDefinition>;
