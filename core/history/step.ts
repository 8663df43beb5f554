import type { TextEdit } from '../text/patch.ts';

/** How a step came about: by a command of any view, by typing into the text, or in the file, by another program. */
export type StepOrigin = 'command' | 'typing' | 'disk';

/** One entry of the history. */
export interface HistoryEntry {
  /** Tells it from all other entries of the document, those of the past included. */
  readonly id: number;
  readonly label: string;
  readonly origin: StepOrigin;
  /** False once it has been undone and can be redone. */
  readonly done: boolean;
}

/** One step that can be undone. */
export interface Step {
  readonly id: number;
  readonly label: string;
  readonly origin: StepOrigin;
  /** Steps with the same key follow each other as one: typing in one field, one run of typing in the text. */
  readonly key: string | undefined;
  readonly edits: readonly TextEdit[];
}

/** A place in the history to go back to. */
export interface Mark {
  readonly depth: number;
  /** What could be redone there. */
  readonly undone: readonly Step[];
}
