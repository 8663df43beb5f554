import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';
import { addActions } from './addUndrawn.ts';
import { alignActions } from './align.ts';
import { arrangeActions } from './arrange.ts';
import { canvasActions } from './canvas.ts';
import { fileActions } from './file.ts';
import { noteActions } from './notes.ts';
import { panelActions } from './panels.ts';
import { explainCurrent, fixAllSafe, fixCurrent, showNext } from './problems.ts';
import { textActions } from './text.ts';
import { themeActions } from './theme.ts';
import { viewActions } from './view.ts';

const open = (app: AppState): boolean => app.session !== undefined;
const editable = (app: AppState): boolean => app.shown?.valid === true;
const oneSelected = (app: AppState): boolean => app.selected.size === 1;

const nudge = (dx: number, dy: number, keys: string): ActionDefinition => ({
  label: `Move ${dx < 0 ? 'left' : dx > 0 ? 'right' : dy < 0 ? 'up' : 'down'}${Math.abs(dx + dy) === 1 ? ' by 1 px' : ''}`,
  group: 'Edit',
  row: Math.abs(dx + dy) === 1 ? 'Move by 1 px' : 'Move by the grid',
  keys: [keys],
  scope: 'canvas',
  unlisted: true,
  enabled: (app) => editable(app) && app.selected.size > 0,
  run: (app) => app.nudge(dx, dy),
});

/** Every action of the app. */
export const actions = {
  ...canvasActions,
  ...alignActions,
  ...arrangeActions,
  ...viewActions,
  ...textActions,
  ...panelActions,
  ...addActions,
  ...fileActions,
  ...noteActions,
  ...themeActions,
  'file.new': {
    label: 'New design',
    group: 'File',
    keys: ['mod+N'],
    scope: 'always',
    run: (app) => void app.newFile(),
  },
  'file.open': {
    label: 'Open…',
    group: 'File',
    keys: ['mod+O'],
    scope: 'always',
    run: (app) => void app.openFile(),
  },
  'file.save': {
    label: 'Save',
    group: 'File',
    keys: ['mod+S'],
    scope: 'always',
    enabled: open,
    run: (app) => void app.save(),
  },
  'file.saveAs': {
    label: 'Save as…',
    group: 'File',
    keys: ['mod+shift+S'],
    scope: 'always',
    enabled: open,
    run: (app) => void app.saveAs(),
  },
  'edit.undo': {
    label: 'Undo',
    group: 'Edit',
    keys: ['mod+Z'],
    scope: 'outsideFields',
    enabled: (app) => app.shown?.canUndo === true,
    run: (app) => void app.glide(app.undo),
  },
  'edit.redo': {
    label: 'Redo',
    group: 'Edit',
    keys: ['mod+Y', 'mod+shift+Z'],
    scope: 'outsideFields',
    enabled: (app) => app.shown?.canRedo === true,
    run: (app) => void app.glide(app.redo),
  },
  'edit.rename': {
    label: 'Edit name',
    group: 'Edit',
    keys: ['Enter', 'F2'],
    scope: 'canvas',
    enabled: (app) => editable(app) && oneSelected(app),
    run: (app) => app.startNaming([...app.selected][0]),
  },
  'edit.delete': {
    label: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    scope: 'canvas',
    enabled: (app) => editable(app) && app.selected.size > 0,
    run: (app) => app.deleteSelected(),
  },
  'edit.selectAll': {
    label: 'Select all',
    group: 'Edit',
    keys: ['mod+A'],
    scope: 'canvas',
    enabled: open,
    // What a shorthand makes goes with the element that it belongs to.
    run: (app) =>
      app.select(
        (app.shown?.scene.nodes ?? []).filter(({ origin }) => !origin).map(({ address }) => address),
        'canvas',
      ),
  },
  'edit.clear': {
    label: 'Select nothing',
    group: 'Edit',
    keys: ['Escape'],
    scope: 'canvas',
    run: (app) => {
      app.arm(undefined);
      app.select([], 'canvas');
      app.setLeaving(true);
      app.askFocus('canvas');
    },
  },
  'edit.left': nudge(-8, 0, 'ArrowLeft'),
  'edit.right': nudge(8, 0, 'ArrowRight'),
  'edit.up': nudge(0, -8, 'ArrowUp'),
  'edit.down': nudge(0, 8, 'ArrowDown'),
  'edit.left1': nudge(-1, 0, 'shift+ArrowLeft'),
  'edit.right1': nudge(1, 0, 'shift+ArrowRight'),
  'edit.up1': nudge(0, -1, 'shift+ArrowUp'),
  'edit.down1': nudge(0, 1, 'shift+ArrowDown'),
  'problems.next': { label: 'Next problem', group: 'Problems', keys: ['F8'], scope: 'always', run: showNext },
  'problems.fix': {
    label: 'Fix the selected problem',
    group: 'Problems',
    keys: ['mod+.'],
    scope: 'outsideEditor',
    enabled: editable,
    run: fixCurrent,
  },
  'problems.fixAll': {
    label: 'Fix all safe problems',
    group: 'Problems',
    scope: 'always',
    enabled: (app) => editable(app) && app.shown?.issues.some(({ fix }) => fix?.safe) === true,
    run: fixAllSafe,
  },
  'problems.explain': {
    label: 'Explain the selected problem',
    group: 'Problems',
    keys: ['shift+F8'],
    scope: 'always',
    enabled: open,
    run: explainCurrent,
  },
  'generate.preview': {
    label: 'Preview the generated files',
    group: 'Design',
    scope: 'always',
    enabled: editable,
    run: (app) => {
      app.showBottom('generated');
      void app.preview();
    },
  },
  generate: {
    label: 'Generate services…',
    group: 'Design',
    keys: ['mod+Enter'],
    scope: 'always',
    enabled: editable,
    run: (app) => app.openDialog('generate'),
  },
} as const satisfies Record<string, ActionDefinition>;

export type ActionId = keyof typeof actions;
export const actionEntries = Object.entries(actions) as readonly [ActionId, ActionDefinition][];
