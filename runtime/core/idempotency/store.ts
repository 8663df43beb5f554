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
   * @throws StoreLostError when the sentinel is missing and nobody has accepted an empty store
   */
  open(signal: AbortSignal): Promise<void>;
  readonly connected: boolean;
  /**
   * Takes the key if it is free, its lease has expired, this token already holds it, or it is dead and `replayId` is
   * not the replay it died in.
   */
  claim(key: string, token: string, leaseMs: number, replayId: string): Promise<ClaimResult>;
  /** False: the claim is no longer this token's. */
  renew(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** busy(token) → done, or dead in the given replay (empty string: the first life). False: the claim is lost. */
  finish(key: string, token: string, outcome: FinishOutcome, ttlMs: number): Promise<boolean>;
  /** busy(token) → free. False: the claim is lost. */
  release(key: string, token: string): Promise<boolean>;
  close(): Promise<void>;
}

export type FinishOutcome =
  | { readonly state: 'done' }
  | { readonly state: 'dead'; readonly replayId: string };
