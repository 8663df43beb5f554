import { addedId, isChannel, usualHolders } from '../../core/commands/element.add.ts';
import { addressOf, type ElementAddress, type Point } from '../../core/design/design.ts';
import { GRID } from '../../core/drawing/geometry.ts';
import { brokerGroups, groupAt } from '../../core/drawing/groups.ts';
import type { PaletteItem } from '../panels/palette/items.ts';
import type { AppState } from '../store/state.ts';

/** From the corner of a usual element to its middle. */
const HALF = [9 * GRID, 3.5 * GRID] as const;

/** Adds an element and selects it; returns its address, or `undefined` where the design refused it. */
export function addToDesign(app: AppState, item: PaletteItem, at: Point): ElementAddress | undefined {
  const design = app.session?.design;
  if (!design) return undefined;
  const { section } = item;
  const broker = brokerAt(app, item, at);
  const value = broker === undefined ? item.value : { broker, ...item.value };
  const args = { section, ...(value && { value }), at };
  const address = addressOf(section, addedId(design, args));
  if (!app.run('element.add', args)) return undefined;
  app.select([address], 'canvas');
  return address;
}

/** The broker in whose area a channel is put, if that can hold it. */
function brokerAt({ shown }: AppState, { section }: PaletteItem, [x, y]: Point): string | undefined {
  if (!shown || !isChannel(section)) return undefined;
  const fitting = brokerGroups(shown.scene, shown.positions).filter(({ kind }) =>
    usualHolders(section).includes(kind),
  );
  return groupAt(fitting, [x + HALF[0], y + HALF[1]])?.id;
}
