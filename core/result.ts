/** Where something stands in a text file. Lines and columns count from 1, offsets from 0 (UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Codes of everything that can be wrong with input; users search for them, so they never change meaning. */
export type ProblemCode =
  | 'LOOM_SYNTAX'
  | 'LOOM_CONFLICT_MARKERS'
  | 'LOOM_LIMIT'
  | 'LOOM_FORMAT'
  | 'LOOM_SCHEMA'
  | 'LOOM_NAME'
  | 'LOOM_REFERENCE'
  | 'LOOM_CONFIG'
  | 'LOOM_COMMAND'
  | 'LOOM_UNSUPPORTED'
  | 'LOOM_PATH'
  | 'LOOM_IO'
  | 'LOOM_USAGE';

/** Something that keeps an operation from being carried out: what is wrong, where, and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** What the reader can do; one sentence. */
  readonly hint?: string;
  readonly at?: Position;
  /** Element address such as `queues/payments`, where the problem belongs to one. */
  readonly element?: string;
}

export type Result<T, E = readonly Problem[]> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <const T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });
