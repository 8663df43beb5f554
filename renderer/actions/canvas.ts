import type { Direction } from '../canvas/reading.ts';
import { elementAfter } from '../store/slices/selection.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';
import { duplicateSelected } from './duplicate.ts';

const editable = (app: AppState): boolean => app.shown?.valid === true;
const aiming = (app: AppState): boolean => app.aim !== undefined;

const step = (by: 1 | -1): Pick<ActionDefinition, 'group' | 'scope' | 'unlisted' | 'enabled' | 'run'> => ({
  group: 'Edit',
  scope: 'drawing',
  unlisted: true,
  // Where there is no next element, or after Escape, Tab goes on to what follows the canvas.
  enabled: (app) => aiming(app) || (!app.leaving && elementAfter(app, by) !== undefined),
  run: (app) => (aiming(app) ? app.aimNext(by) : app.selectNext(by)),
});

const aim = (direction: Direction, key: string): ActionDefinition => ({
  label: `Lead the connection ${direction === 'left' || direction === 'right' ? `to the ${direction}` : direction}`,
  row: 'Choose its target',
  group: 'Connect',
  keys: [key],
  scope: 'canvas',
  unlisted: true,
  enabled: aiming,
  run: (app) => app.aimTowards(direction),
});

/** What can be done on the canvas by keyboard alone. The keys of a connection in the making come before all others. */
export const canvasActions = {
  'connect.start': {
    label: 'Connect the selected element…',
    group: 'Connect',
    keys: ['C'],
    scope: 'canvas',
    enabled: (app) => editable(app) && app.selected.size === 1,
    run: (app) => app.startAiming(),
  },
  'connect.left': aim('left', 'ArrowLeft'),
  'connect.right': aim('right', 'ArrowRight'),
  'connect.up': aim('up', 'ArrowUp'),
  'connect.down': aim('down', 'ArrowDown'),
  'connect.make': {
    label: 'Make the connection',
    group: 'Connect',
    keys: ['Enter'],
    scope: 'canvas',
    unlisted: true,
    enabled: aiming,
    run: (app) => app.connectAim(),
  },
  'connect.cancel': {
    label: 'Cancel it',
    group: 'Connect',
    keys: ['Escape'],
    scope: 'canvas',
    unlisted: true,
    enabled: aiming,
    run: (app) => app.stopAiming(),
  },
  'element.next': { label: 'Next element', keys: ['Tab'], ...step(1) },
  'element.previous': { label: 'Previous element', keys: ['shift+Tab'], ...step(-1) },
  'element.add': {
    label: 'Add an element…',
    group: 'Edit',
    keys: ['/', 'shift+/'],
    scope: 'canvas',
    enabled: editable,
    run: (app) => app.askQuickAdd(),
  },
  'element.append': {
    label: 'Add after the selected element…',
    group: 'Edit',
    keys: ['A'],
    scope: 'canvas',
    enabled: (app) => editable(app) && app.selected.size === 1,
    run: (app) => app.askQuickAdd([...app.selected][0]),
  },
  'edit.duplicate': {
    label: 'Duplicate',
    group: 'Edit',
    keys: ['mod+D'],
    scope: 'canvas',
    enabled: (app) => editable(app) && app.selected.size > 0,
    run: duplicateSelected,
  },
} as const satisfies Record<string, ActionDefinition>;
