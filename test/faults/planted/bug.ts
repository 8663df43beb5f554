import type { Rabbit } from '../../brokers/support/rabbit.ts';
import type { Invariant } from '../../support/checker.ts';
import type { Plan } from '../matrix/fault.ts';
import type { ProbeRun } from '../support/probe.ts';

/** One place of the library's text, and what stands there instead. */
export interface Patch {
  /** Below `runtime/`, which is below `messaging/` in a generated workspace. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly search: string;
  readonly replacement: string;
}

/** What happens to the services while they work. Faults of the matrix will do. */
export interface Scenario {
  readonly title: string;
  /** Settings of services from the start, by name. */
  readonly settings?: Readonly<Record<string, Record<string, string>>>;
  run(run: ProbeRun, rabbit: Rabbit): Promise<Plan>;
}

/**
 * A mistake that messaging code is known to have, put into the generated copy of the library, where the checker has to
 * find it. The library itself has no switch for any of them.
 */
export interface PlantedBug {
  readonly title: string;
  /** What it breaks, for the table of guarantees. */
  readonly consequence: string;
  /** The invariant that the checker has to report. */
  readonly breaks: Invariant;
  readonly patches: readonly Patch[];
  /** Which workspace shows it: the one of the matrix, or the same with an outbox. */
  readonly workspace: 'key-store' | 'outbox';
  /** Under which the library as it is breaks nothing. */
  readonly scenario: Scenario;
}
