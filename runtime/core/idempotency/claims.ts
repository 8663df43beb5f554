import { fullJitter, pause } from '../backoff.ts';
import { ClaimLostError } from '../errors.ts';
import type { FinishOutcome, IdempotencyStore } from './store.ts';

export type TakeResult =
  | { readonly state: 'claimed'; readonly claim: Claim }
  | { readonly state: 'busy'; readonly remainingMs: number }
  | { readonly state: 'done' | 'dead' };

/** The right to handle one message, until it is settled or lost. */
export interface Claim {
  /** Aborts when the right is gone, with the reason. */
  readonly signal: AbortSignal;
  /** Gives up from outside, e.g. at the end of a shutdown's grace time. */
  abort(reason: Error): void;
  /** False: the claim is lost and nothing may follow. Repeats until the store answers or the lease runs out. */
  finish(outcome: FinishOutcome): Promise<boolean>;
  /** Frees the message for another attempt; the answer is that of `finish`. */
  release(): Promise<boolean>;
  /** Always called last: ends the renewal and, if the claim was not settled, frees it where that is possible. */
  end(): Promise<void>;
}

/** How consumers get claims: from a store, or, without a policy, always. */
export interface Claims {
  /** @param token may be used again after a failure, when it is not known whether the store has taken it */
  take(key: string, token: string, replayId: string): Promise<TakeResult>;
}

export interface ClaimSettings {
  readonly leaseMs: number;
  readonly doneTtlMs: number;
  readonly deadTtlMs: number;
  /** Called for each step that the store has not taken, for whatever reason. */
  onFailure?(): void;
}

export class StoreClaims implements Claims {
  readonly #store: IdempotencyStore;
  readonly #settings: ClaimSettings;

  constructor(store: IdempotencyStore, settings: ClaimSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  async take(key: string, token: string, replayId: string): Promise<TakeResult> {
    const askedAt = performance.now();
    const result = await this.#store.claim(key, token, this.#settings.leaseMs, replayId).catch((error) => {
      this.#settings.onFailure?.();
      throw error;
    });
    if (result.state !== 'claimed') return result;
    return { state: 'claimed', claim: new StoreClaim(this.#store, this.#settings, key, token, askedAt) };
  }
}

/** No store: every delivery may be handled. */
export const unguarded: Claims = {
  async take() {
    const controller = new AbortController();
    const claim: Claim = {
      signal: controller.signal,
      abort: (reason) => controller.abort(reason),
      finish: async () => !controller.signal.aborted,
      release: async () => !controller.signal.aborted,
      end: async () => {},
    };
    return { state: 'claimed', claim };
  },
};

class StoreClaim implements Claim {
  readonly #store: IdempotencyStore;
  readonly #settings: ClaimSettings;
  readonly #key: string;
  readonly #token: string;
  readonly #controller = new AbortController();
  #renewal: NodeJS.Timeout;
  #expiry: NodeJS.Timeout;
  #settled = false;
  #ended = false;

  /** @param askedAt when the lease was asked for: it may have started any time since, so it is counted from there */
  constructor(store: IdempotencyStore, settings: ClaimSettings, key: string, token: string, askedAt: number) {
    this.#store = store;
    this.#settings = settings;
    this.#key = key;
    this.#token = token;
    this.#expiry = this.#expireAfter(askedAt + settings.leaseMs - performance.now());
    this.#renewal = this.#renewAfter(settings.leaseMs / 3);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: Error): void {
    this.#stopTimers();
    this.#controller.abort(reason);
  }

  finish(outcome: FinishOutcome): Promise<boolean> {
    const ttl = outcome.state === 'done' ? this.#settings.doneTtlMs : this.#settings.deadTtlMs;
    return this.#settle(() => this.#store.finish(this.#key, this.#token, outcome, ttl));
  }

  release(): Promise<boolean> {
    return this.#settle(() => this.#store.release(this.#key, this.#token));
  }

  async end(): Promise<void> {
    this.#stopTimers();
    // The store compares the token, so this cannot free another consumer's claim. If it fails, the lease runs out.
    if (!this.#settled) await this.#store.release(this.#key, this.#token).catch(() => {});
  }

  async #settle(step: () => Promise<boolean>): Promise<boolean> {
    for (let attempt = 1; !this.signal.aborted; attempt++) {
      try {
        const kept = await step();
        this.#settled = true;
        this.#stopTimers();
        return kept;
      } catch {
        this.#settings.onFailure?.();
        // The store is away. The step may be repeated with the same token; the lease says for how long.
        await pause(fullJitter(attempt, 50, 1_000), this.signal);
      }
    }
    return false;
  }

  async #renew(): Promise<void> {
    const { leaseMs } = this.#settings;
    const askedAt = performance.now();
    const answer = await this.#store.renew(this.#key, this.#token, leaseMs).catch(() => 'unknown' as const);
    if (this.#ended) return;
    if (answer === false) return this.#lose('another consumer holds it, or the store has lost it');
    // Without an answer the expiry stands, and the next question comes sooner.
    this.#renewal = this.#renewAfter(answer === true ? leaseMs / 3 : leaseMs / 10);
    if (answer === 'unknown') return this.#settings.onFailure?.();
    clearTimeout(this.#expiry);
    this.#expiry = this.#expireAfter(askedAt + leaseMs - performance.now());
  }

  #renewAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#renew(), ms);
  }

  #expireAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#lose('it could not be renewed in time'), ms);
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
