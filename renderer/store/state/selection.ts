import type { ElementAddress } from '../../../core/design/design.ts';

/** Where a selection came from, so that the other views move to it and that one stays put. */
export type SelectionSource = 'canvas' | 'keys' | 'text' | 'panel';

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
  /** What on the canvas is to get the keyboard focus, as soon as it is drawn. */
  readonly focusAsked: ElementAddress | 'canvas' | undefined;
  /** Escape was pressed on the canvas: the next Tab leaves it. */
  readonly leaving: boolean;
  /** A button is held down that was pressed on the canvas. */
  readonly pressed: boolean;
  setPressed(pressed: boolean): void;
  askFocus(target: ElementAddress | 'canvas' | undefined): void;
  setLeaving(leaving: boolean): void;
  /** Selects and focuses the next element in reading order, or the one before. */
  selectNext(step: 1 | -1): void;
  select(addresses: Iterable<ElementAddress>, source: SelectionSource, field?: string): void;
  focusIssue(key: string): void;
  revealLine(line: number | undefined, column?: number): void;
  keepSelected(exists: (address: ElementAddress) => boolean): void;
  startNaming(address: ElementAddress | undefined): void;
  /** @param source Where it was renamed; the view that it was renamed in stays where it is. */
  rename(address: ElementAddress, to: string, source?: SelectionSource): boolean;
  deleteSelected(): void;
  /** Moves the selected elements by a distance in px, as one step with the moves before it. */
  nudge(dx: number, dy: number): void;
}
