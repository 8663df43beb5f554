import { boxAt } from '../../core/drawing/geometry.ts';
import { type Alignment, type Axis, aligned, distributed, type PlacedBox } from '../canvas/align.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

/** The selected elements that can be moved, with their boxes. */
function chosen({ shown, selected }: AppState): readonly PlacedBox[] {
  return [...selected].flatMap((address) => {
    const node = shown?.scene.byAddress.get(address);
    const at = shown?.positions.get(address);
    return node && at && !node.origin ? [{ address, ...boxAt(at, node.size) }] : [];
  });
}

const atLeast = (count: number, app: AppState): boolean =>
  app.shown?.valid === true && app.selected.size >= count && chosen(app).length >= count;

const align = (alignment: Alignment, label: string, key: string): ActionDefinition => ({
  label,
  group: 'Arrange',
  keys: [`alt+${key}`],
  scope: 'canvas',
  enabled: (app) => atLeast(2, app),
  run: (app) => void app.glide(() => app.run('element.move', { moves: aligned(chosen(app), alignment) })),
});

const distribute = (axis: Axis, label: string, key: string): ActionDefinition => ({
  label,
  group: 'Arrange',
  keys: [`alt+${key}`],
  scope: 'canvas',
  enabled: (app) => atLeast(3, app),
  run: (app) => void app.glide(() => app.run('element.move', { moves: distributed(chosen(app), axis) })),
});

/** Bringing selected elements in line. */
export const alignActions = {
  'align.left': align('left', 'Align left sides', 'A'),
  'align.center': align('center', 'Align centres', 'C'),
  'align.right': align('right', 'Align right sides', 'D'),
  'align.top': align('top', 'Align tops', 'W'),
  'align.middle': align('middle', 'Align middles', 'M'),
  'align.bottom': align('bottom', 'Align bottoms', 'S'),
  'distribute.across': distribute('x', 'Distribute across', 'X'),
  'distribute.down': distribute('y', 'Distribute down', 'Y'),
} as const satisfies Record<string, ActionDefinition>;
