import { LazyAbort } from '../abort.ts';
import type { Claim, ClaimSettings } from './claim.ts';
import type { ClaimResult, IdempotencyStore, TransactionalStore } from './store.ts';
import { StoreClaim } from './storeClaim.ts';

export type TakeResult =
  | { readonly state: 'claimed'; readonly claim: Claim }
  | { readonly state: 'busy'; readonly remainingMs: number }
  | { readonly state: 'done' | 'dead' };

/** How consumers get claims: from a store, or, without a policy, always. */
export interface Claims {
  /** @param token may be used again after a failure, when it is not known whether the store has taken it */
  take(key: string, token: string, replayId: string): Promise<TakeResult>;
}

export class StoreClaims implements Claims {
  readonly #store: IdempotencyStore;
  readonly #settings: ClaimSettings;
  readonly #inbox: TransactionalStore | undefined;

  /** @param inbox the same store, where handlers work in its transactions */
  constructor(store: IdempotencyStore, settings: ClaimSettings, inbox?: TransactionalStore) {
    this.#store = store;
    this.#settings = settings;
    this.#inbox = inbox;
  }

  async take(key: string, token: string, replayId: string): Promise<TakeResult> {
    const { leaseMs, onFailure } = this.#settings;
    for (;;) {
      const askedAt = performance.now();
      let result: ClaimResult;
      try {
        result = await this.#store.claim(key, token, leaseMs, replayId);
      } catch (error) {
        onFailure?.();
        throw error;
      }
      if (result.state !== 'claimed') return result;
      if (performance.now() - askedAt < leaseMs / 2) {
        const owned = { store: this.#store, inbox: this.#inbox, settings: this.#settings, key, token };
        return { state: 'claimed', claim: new StoreClaim(owned, askedAt) };
      }
      // A handler would begin under a lease that is over before it ends, and its effect would be repeated. Asked again
      // with the same token, a store that answers in time gives the whole lease.
      onFailure?.();
    }
  }
}

/** No store: every delivery may be handled. */
export const unguarded: Claims = {
  take: async () => ({ state: 'claimed', claim: new FreeClaim() }),
};

class FreeClaim extends LazyAbort implements Claim {
  run(work: (transaction: undefined) => void | Promise<void>): void | Promise<void> {
    return work(undefined);
  }

  async finish(): Promise<boolean> {
    return !this.aborted;
  }

  async release(): Promise<boolean> {
    return !this.aborted;
  }

  end(): void {}
}
