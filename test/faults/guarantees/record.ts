import { appendFileSync } from 'node:fs';
import type { CheckReport, Invariant } from '../../support/checker.ts';
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
    const found: Partial<Record<Invariant, string>> = {};
    for (const { invariant, message } of violations) {
      if (found[invariant] !== undefined) continue;
      const more = violations.filter((each) => each.invariant === invariant).length - 1;
      found[invariant] = more === 0 ? message : `${message} (and ${more} more)`;
    }
    note({ id, scope, counts, ...(violations.length === 0 ? {} : { found }) });
  };
}
