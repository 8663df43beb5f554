import type { languages } from 'monaco-editor/editor/editor.api';
import { parseAddress } from '../../../core/design/design.ts';
import { type Named, namedAt } from '../../../core/language/naming.ts';
import type { Spot } from '../../../core/language/spot.ts';
import type { Shown } from '../../store/state/document.ts';
import type { AppStore } from '../../store/store.ts';
import { rangeIn, spotIn } from './place.ts';

/** Gives an element another id wherever the text names it, by the same command as on the canvas. */
export const rename = (store: AppStore): languages.RenameProvider => ({
  resolveRenameLocation: (model, position) => {
    const found = renamedAt(store.getState().shown, spotIn(model, position));
    if ('reason' in found)
      return { range: rangeIn(model, { start: 0, end: 0 }), text: '', rejectReason: found.reason };
    const { spot, id } = found;
    // Of an address, the id behind the slash; of a quoted word, what the quotes hold.
    const start = spot.word.start + model.getValueInRange(rangeIn(model, spot.word)).lastIndexOf(id);
    return { range: rangeIn(model, { start, end: start + id.length }), text: id };
  },
  provideRenameEdits: (model, position, to) => {
    const app = store.getState();
    const found = renamedAt(app.shown, spotIn(model, position));
    // The command changes the text itself, as one step of the history; why it refuses is shown by the store.
    if ('named' in found) app.rename(found.named.address, to, 'text');
    return { edits: [] };
  },
});

interface Renamed {
  readonly named: Named;
  readonly spot: Spot;
  readonly id: string;
}

/** What can be renamed at a spot, or why nothing can. */
function renamedAt(shown: Shown | undefined, spot: Spot | undefined): Renamed | { readonly reason: string } {
  if (!shown?.valid || !shown.graph)
    return { reason: 'Correct the text first: while it is no valid design, not every name in it is known.' };
  const named = spot && namedAt(spot, shown.graph);
  const id = named && parseAddress(named.address)?.id;
  if (!named || id === undefined)
    return { reason: 'Only ids can be renamed everywhere: put the cursor on one.' };
  const origin = shown.graph.origins.get(named.address);
  return origin
    ? { reason: `This is implied by ${origin.field} of ${origin.address}; rename that.` }
    : { named, spot, id };
}
