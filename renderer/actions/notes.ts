import { GRID } from '../../core/drawing/geometry.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

/** The one note that is selected. */
function selectedNote({ selected, shown }: AppState) {
  const [address] = selected;
  const node = selected.size === 1 && address ? shown?.scene.byAddress.get(address) : undefined;
  return shown?.valid && node?.shape === 'note' ? node : undefined;
}

const resize = (label: string, key: string, dx: number, dy: number): ActionDefinition => ({
  label,
  row: 'Resize the note',
  group: 'Edit',
  keys: [`alt+shift+${key}`],
  scope: 'canvas',
  enabled: (app) => selectedNote(app) !== undefined,
  run: (app) => {
    const note = selectedNote(app);
    const at = note && app.shown?.positions.get(note.address);
    if (!note || !at) return;
    const { width, height } = note.size;
    app.run('note.resize', {
      address: note.address,
      at,
      width: width + dx * 2 * GRID,
      height: height + dy * 2 * GRID,
    });
  },
});

/** Resizing a note by keyboard. */
export const noteActions = {
  'note.wider': resize('Make the note wider', 'ArrowRight', 1, 0),
  'note.narrower': resize('Make the note narrower', 'ArrowLeft', -1, 0),
  'note.taller': resize('Make the note taller', 'ArrowDown', 0, 1),
  'note.flatter': resize('Make the note flatter', 'ArrowUp', 0, -1),
} as const satisfies Record<string, ActionDefinition>;
