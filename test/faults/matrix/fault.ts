import type { CheckOptions } from '../../support/checker.ts';
import type { ProbeRun } from '../support/probe.ts';

export const probeBrokers = [
  'rabbitmq',
  'kafka',
  'kinesis',
  'redis',
  'celery',
  'celery-rabbitmq',
  'sqs',
] as const;
export type ProbeBroker = (typeof probeBrokers)[number];

/** What the checker is told of a run, beside what every run has in common. */
export interface Plan extends Pick<CheckOptions, 'kills' | 'cuts' | 'faults'> {
  /** What must hold besides, once the run is drained; throws where it does not. */
  verify?(): void;
}

/** One row of the fault matrix. */
export interface Fault {
  /** Number and wording of the matrix. */
  readonly number: number;
  readonly title: string;
  /** In the words of the matrix, what must hold. */
  readonly holds: string;
  readonly brokers: readonly ProbeBroker[];
  /** Why a broker is not among them, as the end of a sentence. */
  readonly notShown?: Readonly<Partial<Record<ProbeBroker, string>>>;
  /** Whether `npm test` runs it; the others run with `npm run test:faults`. */
  readonly always: boolean;
  /** Settings of services from the start, by name. */
  readonly settings?: Readonly<Record<string, Record<string, string>>>;
  /** Injects the fault and heals it; the run is drained and checked afterwards. Throws where the fault has its own condition. */
  run(run: ProbeRun): Promise<Plan>;
}
