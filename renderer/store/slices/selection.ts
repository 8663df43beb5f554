import { addressOf, type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import { readingOrder } from '../../canvas/reading.ts';
import type { SelectionSlice } from '../state/selection.ts';
import type { AppState, Slice } from '../state.ts';

export const selectionSlice: Slice<SelectionSlice> = (set, get) => ({
  selected: new Set(),
  field: undefined,
  selectionSource: 'canvas',
  reveal: 0,
  issue: undefined,
  line: undefined,
  naming: undefined,
  focusAsked: undefined,
  leaving: false,
  pressed: false,
  setPressed: (pressed) => set({ pressed }),
  askFocus: (focusAsked) => set({ focusAsked }),
  setLeaving: (leaving) => set({ leaving }),
  selectNext: (step) => {
    const next = elementAfter(get(), step);
    if (!next) return;
    get().select([next], 'keys');
    set({ focusAsked: next });
  },
  select: (addresses, source, field) =>
    set(({ reveal }) => ({
      focusAsked: undefined,
      leaving: false,
      aim: undefined,
      selected: new Set(addresses),
      field,
      selectionSource: source,
      reveal: source === 'canvas' ? reveal : reveal + 1,
    })),
  focusIssue: (issue) => set({ issue }),
  revealLine: (line, column = 1) => set({ line: line === undefined ? undefined : { line, column } }),
  keepSelected: (exists) => {
    const { selected } = get();
    const kept = [...selected].filter(exists);
    if (kept.length !== selected.size) set({ selected: new Set(kept) });
  },
  startNaming: (naming) => set({ naming }),
  rename: (address, to, source = 'canvas') => {
    set({ naming: undefined });
    const parsed = parseAddress(address);
    if (!parsed || to === '' || to === parsed.id) return false;
    const renamed = addressOf(parsed.section, to);
    get().carryPlace(address, renamed);
    if (!get().run('element.rename', { address, to })) return false;
    get().select([renamed], source);
    return true;
  },
  deleteSelected: () => {
    const { selected, shown } = get();
    const addresses = [...selected].filter((address) => !shown?.graph?.origins.has(address));
    if (addresses.length > 0) {
      if (get().run('element.delete', { addresses })) get().askFocus('canvas');
    } else if (selected.size > 0) {
      get().notify({
        tone: 'info',
        title: 'This queue is implied by another element.',
        detail: 'Remove deadLetter or retry from the queue that it belongs to.',
      });
    }
  },
  nudge: (dx, dy) => {
    const { selected, shown } = get();
    const moves = [...selected].flatMap((address) => {
      const at = shown?.positions.get(address);
      return at && !shown?.graph?.origins.has(address)
        ? [{ address, to: [at[0] + dx, at[1] + dy] as const }]
        : [];
    });
    if (moves.length > 0) get().run('element.move', { moves });
  },
});

/** The element that Tab goes to from the selected one, if it is not the last; the first when none is selected. */
export function elementAfter({ selected, shown }: AppState, step: 1 | -1): ElementAddress | undefined {
  if (!shown) return undefined;
  const order = readingOrder(shown.scene, shown.positions);
  const [current] = selected;
  const at = current ? order.indexOf(current) : -1;
  return at < 0 && step < 0 ? undefined : order[at + step];
}
