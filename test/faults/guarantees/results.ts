import type { Counts, Invariant } from '../../support/checker.ts';
import { type ProbeBroker, probeBrokers } from '../matrix/fault.ts';

/** What a run was on: one broker, or several at once. */
export type Scope = ProbeBroker | 'all';
export const scopes: readonly Scope[] = [...probeBrokers, 'all'];

export interface RunId {
  readonly id: string;
  readonly scope: Scope;
}

/** What the last run of a kind has come to. */
export interface Row extends RunId {
  /** Of the library at that time. */
  readonly hash: string;
  /** Day of the run, as YYYY-MM-DD in UTC. */
  readonly date: string;
  /** `false`: it was begun, and did not end as it has to. */
  readonly passed: boolean;
  readonly counts?: Counts;
  /** The first violation of each invariant that was broken, where a bug was planted. */
  readonly found?: Readonly<Partial<Record<Invariant, string>>>;
}

/** One line of what a test run notes down: that something was begun, and what it has come to. */
export type Noted = RunId & Partial<Pick<Row, 'counts' | 'found'>>;

const keyOf = ({ id, scope }: RunId): string => `${id} on ${scope}`;

export function findRow(rows: readonly Row[], run: RunId): Row | undefined {
  return rows.find((row) => keyOf(row) === keyOf(run));
}

/** Rows with those of another run in their place. What was begun and not noted again has failed. */
export function mergeRows(
  rows: readonly Row[],
  noted: readonly Noted[],
  version: { readonly hashes: Readonly<Record<Scope, string>>; readonly date: string },
): Row[] {
  const merged = new Map(rows.map((row) => [keyOf(row), row]));
  for (const { id, scope, counts, found } of noted)
    merged.set(keyOf({ id, scope }), {
      id,
      scope,
      hash: version.hashes[scope],
      date: version.date,
      passed: counts !== undefined,
      ...(counts === undefined ? {} : { counts }),
      ...(found === undefined ? {} : { found }),
    });
  return [...merged.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }));
}
