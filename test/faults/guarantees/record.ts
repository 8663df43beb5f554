import { appendFileSync } from 'node:fs';
import type { CheckReport } from '../../support/checker.ts';
import type { Noted, Scope } from './results.ts';

/**
 * Notes for the table of guarantees that a run has begun, where `npm run test:faults` asks for it with `FAULTS_NOTES`.
 * @returns to be called once all of its conditions hold; a run that never comes so far counts as failed
 */
export function record(id: string, scope: Scope): (report: CheckReport) => void {
  const file = process.env['FAULTS_NOTES'];
  const note = (noted: Noted): void => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(noted)}\n`);
  };
  note({ id, scope });
  return ({ counts, violations }) => {
    // From the last to the first, so that the first of each invariant stays.
    const found = violations.toReversed().map(({ invariant, message }) => [invariant, message]);
    note({ id, scope, counts, ...(found.length === 0 ? {} : { found: Object.fromEntries(found) }) });
  };
}
