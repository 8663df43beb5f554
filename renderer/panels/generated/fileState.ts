import type { GenerateChange } from '../../../core/contract/ipc.ts';

/** What the user is told about a file; the first need a look. */
export type FileState =
  | 'conflict'
  | 'deleted'
  | 'merged'
  | 'edited'
  | 'changed'
  | 'new'
  | 'kept'
  | 'yours'
  | 'same';

/** Of each state: its letter in the tree, its words, and whether generating touches the file. */
export const fileStates = {
  conflict: { letter: '!', words: 'your edits are in the way', touches: true },
  deleted: { letter: 'D', words: 'deleted: no longer needed', touches: true },
  merged: { letter: 'M', words: 'merged with your edits', touches: true },
  edited: { letter: 'E', words: 'edited by hand, kept', touches: false },
  changed: { letter: 'C', words: 'changed', touches: true },
  new: { letter: 'N', words: 'new', touches: true },
  kept: { letter: 'K', words: 'kept: it is yours', touches: false },
  yours: { letter: 'Y', words: 'yours, never touched', touches: false },
  same: { letter: '', words: 'unchanged', touches: false },
} as const satisfies Record<FileState, { letter: string; words: string; touches: boolean }>;

export function stateOf({ status, ownership, pristine }: GenerateChange): FileState {
  if (status !== 'unchanged') return status;
  if (ownership === 'yours') return 'yours';
  return pristine === undefined ? 'same' : 'edited';
}

/** The two versions of a file that are worth comparing; one where there is nothing to compare. */
export function versionsOf(change: GenerateChange): { readonly before?: string; readonly after: string } {
  const { before, after, pristine } = change;
  if (before === null || before === (after ?? undefined))
    return before !== null && pristine !== undefined
      ? { before: pristine, after: before }
      : { after: after ?? before ?? '' };
  return { before, after: after ?? '' };
}
