import type { PanelId } from '../store/state/view.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

/** The parts of the window in the order in which F6 goes through them. */
const order: readonly PanelId[] = ['outline', 'canvas', 'yaml', 'properties', 'bottom'];

/** The part of the window that has the focus. */
function current(): PanelId | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset['panel'] as
    | PanelId
    | undefined;
}

function step(app: AppState, by: 1 | -1): void {
  const open = order.filter((panel) => panel !== 'yaml' || app.yamlOpen);
  const here = current();
  const at = here === undefined ? Math.min(0, -by) : open.indexOf(here);
  app.focusPanel(open[(at + by + open.length) % open.length] ?? 'canvas');
}

const go = (panel: PanelId, label: string, keys: readonly string[]): ActionDefinition => ({
  label,
  group: 'View',
  keys,
  scope: 'always',
  enabled: (app) => app.session !== undefined,
  run: (app) => app.focusPanel(panel),
});

const along = (by: 1 | -1, label: string, key: string): ActionDefinition => ({
  ...go('canvas', label, [key]),
  run: (app) => step(app, by),
});

/** Going from one part of the window to another by keyboard. */
export const panelActions = {
  'panel.next': along(1, 'Next panel', 'F6'),
  'panel.previous': along(-1, 'Previous panel', 'shift+F6'),
  'panel.canvas': go('canvas', 'Go to the canvas', ['mod+shift+K']),
  'panel.properties': go('properties', 'Go to the properties', ['F4']),
  'panel.outline': go('outline', 'Go to the outline', ['mod+shift+O']),
  'panel.problems': go('bottom', 'Go to the problems', ['mod+shift+M']),
} as const satisfies Record<string, ActionDefinition>;
