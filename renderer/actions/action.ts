import type { AppState } from '../store/state.ts';

/** Where a shortcut works. `canvas`: not while text is typed; `always`: in text fields and the editor too. */
export type KeyScope = 'canvas' | 'outsideFields' | 'always';

/** Something the user can do from a menu, a key, a button or the command palette; all of them read this object. */
export interface ActionDefinition {
  readonly label: string;
  readonly group: 'File' | 'Edit' | 'View' | 'Problems' | 'Design';
  /** Keys, the first one shown; in the notation of Mantine's hotkeys. */
  readonly keys?: readonly string[];
  readonly scope?: KeyScope;
  readonly enabled?: (app: AppState) => boolean;
  readonly run: (app: AppState) => void;
}
