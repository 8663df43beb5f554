import type { Logger } from '../log.ts';
import type { Transaction } from './transaction.ts';

/** What a claim found. `busy` carries how long the present owner's lease still runs, in milliseconds. */
export type ClaimResult =
  | { readonly state: 'claimed' }
  | { readonly state: 'busy'; readonly remainingMs: number }
  | { readonly state: 'done' }
  | { readonly state: 'dead' };

/**
 * Who has handled what. Every method is one atomic step and may be repeated with the same token after a failure of
 * unknown outcome. All of them reject when the store cannot be reached or has lost its content: the consumer then
 * waits (fail closed).
 */
export interface IdempotencyStore {
  /**
   * Connects, waiting for a store that is not there yet.
   * @throws StoreLostError when the sentinel is missing and nobody has accepted an empty store
   */
  open(signal: AbortSignal, log?: Logger): Promise<void>;
  readonly connected: boolean;
  /** The records are gone and nobody has accepted that: every claim is refused. Noticed within ten seconds. */
  readonly lost: boolean;
  /**
   * Takes the key if it is free, its lease has expired, this token already holds it, or it is dead and `replayId` is
   * not the replay it died in.
   */
  claim(key: string, token: string, leaseMs: number, replayId: string): Promise<ClaimResult>;
  /** False: the claim is no longer this token's. */
  renew(key: string, token: string, leaseMs: number): Promise<boolean>;
  /**
   * busy(token) → done, or dead in the given replay (empty string: the first life). False: the claim is lost.
   * @param ttlMs how long the mark is kept; `Infinity`: for good
   */
  finish(key: string, token: string, outcome: FinishOutcome, ttlMs: number): Promise<boolean>;
  /** busy(token) → free. False: the claim is lost. */
  release(key: string, token: string): Promise<boolean>;
  close(): Promise<void>;
}

export type FinishOutcome =
  | { readonly state: 'done' }
  | { readonly state: 'dead'; readonly replayId: string };

/** A store in a database of the service, where mark and effect can commit together. */
export interface TransactionalStore extends IdempotencyStore {
  /**
   * Opens a transaction for the handler of a claimed message. The database ends it by itself when nothing is heard of
   * it for as long as the lease: a process that stands still must not hold its locks longer than its claim.
   */
  begin(key: string, token: string, leaseMs: number): Promise<InboxTransaction>;
}

export interface InboxTransaction {
  /** For the handler. Refuses everything once the transaction is over. */
  readonly transaction: Transaction;
  /** The way to the database is lost, so that nothing more can be done here. */
  readonly broken: boolean;
  /** Tells the database that the process is alive; never rejects. */
  touch(): Promise<void>;
  /**
   * busy(token) → done, and commits, in this transaction. False: the claim is lost and everything was rolled back.
   * @throws StoreUnavailableError when the outcome is unknown; the next claim tells. Any other error: rolled back.
   */
  commit(ttlMs: number): Promise<boolean>;
  /** Undoes everything; never rejects. */
  rollback(reason: Error): Promise<void>;
}

export function isTransactional(store: IdempotencyStore): store is TransactionalStore {
  return 'begin' in store;
}
