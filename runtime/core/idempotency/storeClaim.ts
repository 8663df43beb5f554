import { LazyAbort } from '../abort.ts';
import { fullJitter, pause } from '../backoff.ts';
import { ClaimLostError, StoreUnavailableError } from '../errors.ts';
import type { Claim, ClaimSettings } from './claim.ts';
import type { FinishOutcome, IdempotencyStore, InboxTransaction, TransactionalStore } from './store.ts';
import type { Transaction } from './transaction.ts';

/** What a claim is about. */
export interface Owned {
  readonly store: IdempotencyStore;
  /** The same store, where the handler works in one of its transactions. */
  readonly inbox: TransactionalStore | undefined;
  readonly settings: ClaimSettings;
  readonly key: string;
  readonly token: string;
}

/** A claim on a key of a store, renewed for as long as the work lasts. */
export class StoreClaim implements Claim {
  readonly #owned: Owned;
  readonly #lost = new LazyAbort();
  /** When the lease runs out, by `performance.now()`. */
  #expiresAt: number;
  #renewal: NodeJS.Timeout;
  /** Set with the first renewal, which comes before: most claims end sooner than either. */
  #expiry: NodeJS.Timeout | undefined;
  #transaction: InboxTransaction | undefined;
  #settled = false;
  #ended = false;

  /** @param askedAt when the lease was asked for: it may have started any time since, so it is counted from there */
  constructor(owned: Owned, askedAt: number) {
    this.#owned = owned;
    this.#expiresAt = askedAt + owned.settings.leaseMs;
    this.#renewal = this.#renewAfter((this.#expiresAt - performance.now()) / 3);
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get aborted(): boolean {
    return this.#lost.aborted;
  }

  abort(reason: Error): void {
    this.#stopTimers();
    this.#lost.abort(reason);
    // At once, so that its locks do not wait for a handler that takes no notice.
    void this.#transaction?.rollback(reason);
  }

  run(work: (transaction: Transaction | undefined) => void | Promise<void>): void | Promise<void> {
    const { inbox } = this.#owned;
    return inbox === undefined ? work(undefined) : this.#runWithin(inbox, work);
  }

  async #runWithin(
    inbox: TransactionalStore,
    work: (transaction: Transaction) => void | Promise<void>,
  ): Promise<void> {
    const { settings, key, token } = this.#owned;
    const opened = await inbox.begin(key, token, settings.leaseMs).catch((error) => {
      settings.onFailure?.();
      throw error;
    });
    this.#transaction = opened;
    try {
      this.signal.throwIfAborted();
      await work(opened.transaction);
      if (!(await opened.commit(settings.doneTtlMs))) {
        this.#lose('another consumer holds it, or the store has lost it');
        throw this.signal.reason;
      }
      this.#settled = true;
      this.#stopTimers();
    } catch (error) {
      await opened.rollback(error instanceof Error ? error : new Error(String(error)));
      if (!opened.broken || this.aborted) throw error;
      // The handler only tells that its statement has failed; it is not to blame for that.
      throw new StoreUnavailableError('The database went away during the work.', { cause: error });
    } finally {
      this.#transaction = undefined;
    }
  }

  async finish(outcome: FinishOutcome): Promise<boolean> {
    if (this.#settled) return true;
    const { store, settings, key, token } = this.#owned;
    const ttl = outcome.state === 'done' ? settings.doneTtlMs : settings.deadTtlMs;
    return this.#settle(() => store.finish(key, token, outcome, ttl));
  }

  release(): Promise<boolean> {
    const { store, key, token } = this.#owned;
    return this.#settle(() => store.release(key, token));
  }

  end(): void | Promise<void> {
    this.#stopTimers();
    if (this.#settled) return;
    // The store compares the token, so this cannot free another consumer's claim. If it fails, the lease runs out.
    const { store, key, token } = this.#owned;
    return store.release(key, token).then(
      () => {},
      () => {},
    );
  }

  async #settle(step: () => Promise<boolean>): Promise<boolean> {
    for (let attempt = 1; !this.aborted; attempt++) {
      try {
        const kept = await step();
        this.#settled = true;
        this.#stopTimers();
        return kept;
      } catch {
        this.#owned.settings.onFailure?.();
        // The store is away. The step may be repeated with the same token; the lease says for how long.
        await pause(fullJitter(attempt, 50, 1_000), this.signal);
      }
    }
    return false;
  }

  async #renew(): Promise<void> {
    const { store, settings, key, token } = this.#owned;
    const { leaseMs } = settings;
    const askedAt = performance.now();
    this.#expiry ??= this.#expireAt(this.#expiresAt);
    void this.#transaction?.touch();
    const answer = await store.renew(key, token, leaseMs).catch(() => 'unknown' as const);
    if (this.#ended) return;
    if (answer === false) return this.#lose('another consumer holds it, or the store has lost it');
    // Without an answer the expiry stands, and the next question comes sooner.
    this.#renewal = this.#renewAfter(answer === true ? leaseMs / 3 : leaseMs / 10);
    if (answer === 'unknown') return settings.onFailure?.();
    clearTimeout(this.#expiry);
    this.#expiresAt = askedAt + leaseMs;
    this.#expiry = this.#expireAt(this.#expiresAt);
  }

  #renewAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#renew(), ms);
  }

  #expireAt(time: number): NodeJS.Timeout {
    return setTimeout(() => this.#lose('it could not be renewed in time'), time - performance.now());
  }

  #lose(why: string): void {
    this.abort(new ClaimLostError(`The claim on the message is lost: ${why}.`));
  }

  #stopTimers(): void {
    this.#ended = true;
    clearTimeout(this.#renewal);
    clearTimeout(this.#expiry);
  }
}
