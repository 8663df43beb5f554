import type { FinishOutcome } from './store.ts';
import type { Transaction } from './transaction.ts';

/** The right to handle one message, until it is settled or lost. */
export interface Claim {
  /** Aborts when the right is gone, with the reason. Made when it is first asked for. */
  readonly signal: AbortSignal;
  /** The same as `signal.aborted`. */
  readonly aborted: boolean;
  /** Gives up from outside, e.g. at the end of a shutdown's grace time. */
  abort(reason: Error): void;
  /**
   * Runs the handler; with an inbox inside a transaction that commits its effect together with the done-mark.
   * @throws StoreUnavailableError when that transaction could not be opened or ended; else what the handler throws
   */
  run(work: (transaction: Transaction | undefined) => void | Promise<void>): void | Promise<void>;
  /** False: the claim is lost and nothing may follow. Repeats until the store answers or the lease runs out. */
  finish(outcome: FinishOutcome): Promise<boolean>;
  /** Frees the message for another attempt; the answer is that of `finish`. */
  release(): Promise<boolean>;
  /** Always called last: ends the renewal and, if the claim was not settled, frees it where that is possible. */
  end(): void | Promise<void>;
}

export interface ClaimSettings {
  readonly leaseMs: number;
  readonly doneTtlMs: number;
  readonly deadTtlMs: number;
  /** Called for each step that the store has not taken, for whatever reason. */
  onFailure?(): void;
}
