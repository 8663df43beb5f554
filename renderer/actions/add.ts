import { addedId } from '../../core/commands/element.add.ts';
import { addressOf, type ElementAddress, type Point } from '../../core/design/design.ts';
import type { PaletteItem } from '../panels/palette/items.ts';
import type { AppState } from '../store/state.ts';

/** Adds an element and selects it; returns its address, or `undefined` where the design refused it. */
export function addToDesign(app: AppState, item: PaletteItem, at: Point): ElementAddress | undefined {
  const design = app.session?.design;
  if (!design) return undefined;
  const args = { section: item.section, ...(item.value && { value: item.value }), at };
  const address = addressOf(item.section, addedId(design, args));
  if (!app.run('element.add', args)) return undefined;
  app.select([address], 'canvas');
  return address;
}
