import type { AppState } from '../store/state.ts';

/** Where a shortcut works. `drawing`: while the canvas has the focus; `canvas`: not while text is typed; `outsideEditor`: not in the editor of the text, which has an answer of its own; `editor`: in that editor alone; `always`: in text fields and the editor too. */
export type KeyScope = 'drawing' | 'canvas' | 'outsideFields' | 'outsideEditor' | 'editor' | 'always';

/** Something the user can do from a menu, a key, a button or the command palette; all of them read this object. */
export interface ActionDefinition {
  readonly label: string;
  readonly group: 'File' | 'Edit' | 'Connect' | 'Arrange' | 'View' | 'Problems' | 'Design';
  /** Keys, the first one shown; in the notation of Mantine's hotkeys. */
  readonly keys?: readonly string[];
  readonly scope?: KeyScope;
  /** What the list of keys calls it; actions with the same text share a line there. Missing = the label. */
  readonly row?: string;
  /** Of use by its key alone, so not among the commands that can be searched. */
  readonly unlisted?: true;
  readonly enabled?: (app: AppState) => boolean;
  readonly run: (app: AppState) => void;
}
