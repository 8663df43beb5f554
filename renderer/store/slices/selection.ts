import { addressOf, type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import type { Slice } from '../store.ts';

/** Where a selection came from, so that the other views move to it and that one stays put. */
export type SelectionSource = 'canvas' | 'text' | 'panel';

export interface SelectionSlice {
  readonly selected: ReadonlySet<ElementAddress>;
  /** Attribute that a finding or the text cursor points at. */
  readonly field: string | undefined;
  readonly selectionSource: SelectionSource;
  /** Grows with every request to bring the selection into view. */
  readonly reveal: number;
  /** Key of the issue that was shown last. */
  readonly issue: string | undefined;
  /** Place in the text that was asked for; a new object each time. */
  readonly line: { readonly line: number; readonly column: number } | undefined;
  /** Element whose name is being edited on the canvas. */
  readonly naming: ElementAddress | undefined;
  select(addresses: Iterable<ElementAddress>, source: SelectionSource, field?: string): void;
  focusIssue(key: string): void;
  revealLine(line: number | undefined, column?: number): void;
  keepSelected(exists: (address: ElementAddress) => boolean): void;
  startNaming(address: ElementAddress | undefined): void;
  rename(address: ElementAddress, to: string): boolean;
  deleteSelected(): void;
  /** Moves the selected elements by a distance in px, as one step with the moves before it. */
  nudge(dx: number, dy: number): void;
}

export const selectionSlice: Slice<SelectionSlice> = (set, get) => ({
  selected: new Set(),
  field: undefined,
  selectionSource: 'canvas',
  reveal: 0,
  issue: undefined,
  line: undefined,
  naming: undefined,
  select: (addresses, source, field) =>
    set(({ reveal }) => ({
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
  rename: (address, to) => {
    set({ naming: undefined });
    const parsed = parseAddress(address);
    if (!parsed || to === '' || to === parsed.id) return false;
    const renamed = addressOf(parsed.section, to);
    get().carryPlace(address, renamed);
    if (!get().run('element.rename', { address, to })) return false;
    get().select([renamed], 'canvas');
    return true;
  },
  deleteSelected: () => {
    const { selected, shown } = get();
    const addresses = [...selected].filter((address) => !shown?.graph?.origins.has(address));
    if (addresses.length > 0) get().run('element.delete', { addresses });
    else if (selected.size > 0) {
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
