import { arrange, stopArranging } from '../canvas/layout/elk.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

const editable = (app: AppState): boolean => app.shown?.valid === true;

/** Automatic layout of the whole drawing. */
export const arrangeActions = {
  'layout.arrange': {
    label: 'Arrange automatically',
    group: 'Arrange',
    keys: ['mod+L'],
    scope: 'canvas',
    enabled: (app) => editable(app) && (app.shown?.scene.nodes.length ?? 0) > 0 && !app.layingOut,
    run: (app) => void arrangeAll(app),
  },
  'layout.cancel': {
    label: 'Cancel the layout',
    group: 'Arrange',
    keys: ['Escape'],
    scope: 'canvas',
    unlisted: true,
    enabled: (app) => app.layingOut,
    run: (app) => cancelLayout(app),
  },
} as const satisfies Record<string, ActionDefinition>;

/** Ends a layout that is being worked out; nothing is moved. */
function cancelLayout(app: AppState): void {
  stopArranging();
  app.setLayingOut(false);
}

/** Lays out everything as one step of the history. Edits meanwhile are kept: only what is still there is moved. */
async function arrangeAll(app: AppState): Promise<void> {
  const { shown } = app;
  if (!shown) return;
  app.setLayingOut(true);
  const result = await arrange(shown.scene).catch(() => 'failed' as const);
  if (result === 'stopped') return;
  app.setLayingOut(false);
  if (result === 'failed') {
    app.notify({ tone: 'error', title: 'The automatic layout failed.', detail: 'Nothing was moved.' });
    return;
  }
  const moves = [...result]
    .filter(([address]) => !shown.scene.byAddress.get(address)?.origin && app.isThere(address))
    .map(([address, to]) => ({ address, to }));
  if (app.glide(() => app.run('element.move', { moves }))) app.fitView();
}
