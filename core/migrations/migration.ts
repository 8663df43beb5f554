import type { Patch } from '../text/patch.ts';

/** One step from a format of design files to the next. */
export interface Migration {
  /** The format it reads; it writes the one after it. */
  readonly from: number;
  /** What changes for the author of a file, in one sentence. */
  readonly summary: string;
  /**
   * The changes of a file of that format. They go through the same edits as every other change, so comments stay.
   * @param value The file as plain data; it has been read, but not checked.
   */
  readonly patches: (value: Readonly<Record<string, unknown>>) => readonly Patch[];
}
