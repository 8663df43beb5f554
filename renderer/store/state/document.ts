import type { ArgsOf, CommandId } from '../../../core/commands/registry.ts';
import type { ElementAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import type { Positions } from '../../../core/drawing/positions.ts';
import type { Scene } from '../../../core/drawing/scene.ts';
import type { HistoryEntry, Session } from '../../../core/history/session.ts';
import type { Problem } from '../../../core/result.ts';
import type { Loaded } from '../../../core/text/load.ts';
import type { Patch, TextEdit } from '../../../core/text/patch.ts';
import type { Issue, Reviewed } from '../issues.ts';

/** What the panels show of the open document: the text as it is, the model as it last was valid. */
export interface Shown extends Reviewed {
  readonly text: string;
  readonly loaded: Loaded;
  /** The last text that was a design: whether it is this one, `valid` says. */
  readonly lastValid: Loaded | undefined;
  /** Whether the text is a design now; if not, graph and scene are those of the last text that was. */
  readonly valid: boolean;
  /** Of the elements; the places on the canvas are `positions`, its own `layout` may be older. */
  readonly graph: Graph | undefined;
  readonly scene: Scene;
  readonly positions: Positions;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly history: readonly HistoryEntry[];
  /** The step that was done last; 0 where none is. */
  readonly step: number;
}

export interface DocumentSlice {
  readonly session: Session | undefined;
  readonly shown: Shown | undefined;
  /** Shows another text from its start, with an empty history. */
  load(text: string): void;
  /** Shows the document again after what decides its review has changed. */
  reviewAgain(): void;
  /** What is wrong with the document as it is now; nothing of it is waited for longer. */
  reviewNow(): readonly Issue[];
  /** Carries out a command; returns whether it did. What keeps it from it is shown. */
  run<C extends CommandId>(id: C, args: ArgsOf<C>): boolean;
  /** Carries out a command; what keeps it from it is returned, to be shown where it was asked for. */
  attempt<C extends CommandId>(id: C, args: ArgsOf<C>): Problem | undefined;
  applyPatches(label: string, patches: readonly Patch[]): boolean;
  /** Several commands as one step of the history. */
  asOneStep(label: string, steps: () => boolean): boolean;
  type(edits: readonly TextEdit[]): void;
  /** Applies edits of the text as one step. */
  edit(label: string, edits: readonly TextEdit[]): void;
  /** Makes the text another one, which comes from the disk, as one step. */
  takeText(label: string, text: string): void;
  /** Whether an element is in the design, as written or implied. */
  isThere(address: ElementAddress): boolean;
  undo(): void;
  redo(): void;
  /** Goes to the state after a step of the history; 0 is the text as it was opened. */
  goToStep(id: number): void;
  /** Takes the conflict markers of git out of the layout. */
  resolveLayoutConflict(): void;
  /** Takes back typing until the text is a design again. */
  revertToValid(): void;
  /** Whether the first automatic layout is still awaited. */
  readonly arranging: boolean;
  /** Places of elements without a position in the file. */
  remember(positions: Positions): void;
  /** An element that is about to get another address keeps its place. */
  carryPlace(from: ElementAddress, to: ElementAddress): void;
}
