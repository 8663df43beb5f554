import type { ArgsOf, CommandId } from '../../../core/commands/registry.ts';
import type { ElementAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import type { Session } from '../../../core/history/session.ts';
import type { Loaded } from '../../../core/text/load.ts';
import type { Patch, TextEdit } from '../../../core/text/patch.ts';
import type { Positions } from '../../canvas/positions.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { Reviewed } from '../issues.ts';

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
}

export interface DocumentSlice {
  readonly session: Session | undefined;
  readonly shown: Shown | undefined;
  /** Shows another text from its start, with an empty history. */
  load(text: string): void;
  /** Shows the document again after what decides its review has changed. */
  reviewAgain(): void;
  /** Carries out a command; returns whether it did. What keeps it from it is shown. */
  run<C extends CommandId>(id: C, args: ArgsOf<C>): boolean;
  applyPatches(label: string, patches: readonly Patch[]): boolean;
  /** Several commands as one step of the history. */
  asOneStep(label: string, steps: () => boolean): boolean;
  type(edits: readonly TextEdit[]): void;
  /** Applies edits of the text as one step. */
  edit(label: string, edits: readonly TextEdit[]): void;
  /** Replaces the whole text, as one step. */
  replaceAll(text: string): void;
  /** Whether an element is in the design, as written or implied. */
  isThere(address: ElementAddress): boolean;
  undo(): void;
  redo(): void;
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
