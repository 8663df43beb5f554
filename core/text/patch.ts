import type { Path } from './source.ts';

/**
 * A change of the model, addressed by path. Commands and fixes speak in patches; `text/edit.ts` turns them into the
 * smallest edits of the text.
 */
export type Patch =
  /** Sets the value at a path; missing parents are created. */
  | { readonly op: 'set'; readonly path: Path; readonly value: unknown }
  /** Removes an attribute, element or list item together with its lines. */
  | { readonly op: 'remove'; readonly path: Path }
  /** Gives the key at a path another name, in place. */
  | { readonly op: 'rename'; readonly path: Path; readonly to: string };

/** Replaces `removed` at `offset` by `inserted`. Edits of one transaction are in ascending order and do not overlap. */
export interface TextEdit {
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
}
