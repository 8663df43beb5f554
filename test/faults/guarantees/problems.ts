import type { Hashes } from './hash.ts';
import type { Planned } from './plan.ts';
import { findRow, type Row } from './results.ts';

export interface Problems {
  /** A run of the table that has failed or was never made. */
  readonly wrong: readonly string[];
  /** A run that was made with another version of `runtime/`: it says nothing about this one. */
  readonly stale: readonly string[];
}

/** Why the table of guarantees does not speak of the library as it is, one line for each kind of reason. */
export function problems(planned: readonly Planned[], rows: readonly Row[], hashes: Hashes): Problems {
  const failed: string[] = [];
  const stale: string[] = [];
  const absent: string[] = [];
  for (const each of planned) {
    const row = findRow(rows, each);
    const name = `${each.id} on ${each.scope}`;
    if (row === undefined) absent.push(name);
    else if (!row.passed) failed.push(name);
    else if (row.hash !== hashes[each.scope]) stale.push(name);
  }
  const line = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what}: ${names.join(', ')}.`];
  return {
    wrong: [...line('Failed when last run', failed), ...line('Never run', absent)],
    stale: line('Run with another version of runtime/', stale),
  };
}
