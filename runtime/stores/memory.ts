import type { ClaimResult, FinishOutcome, IdempotencyStore } from '../core/idempotency/store.ts';

interface Entry {
  readonly state: 'busy' | 'done' | 'dead';
  readonly token: string;
  readonly replayId: string;
  expiresAt: number;
}

/** Keeps the records of one process, for tests and demos. A restart forgets them. */
export function memoryStore(): IdempotencyStore {
  return new MemoryStore();
}

class MemoryStore implements IdempotencyStore {
  readonly #entries = new Map<string, Entry>();
  #sweepAt = 1024;
  readonly connected = true;
  readonly lost = false;

  async open(): Promise<void> {}
  async close(): Promise<void> {}

  async claim(key: string, token: string, leaseMs: number, replayId: string): Promise<ClaimResult> {
    const entry = this.#live(key);
    if (entry?.state === 'done') return { state: 'done' };
    if (entry?.state === 'dead' && (replayId === '' || entry.replayId === replayId)) return { state: 'dead' };
    if (entry?.state === 'busy' && entry.token !== token) {
      return { state: 'busy', remainingMs: entry.expiresAt - performance.now() };
    }
    this.#set(key, { state: 'busy', token, replayId, expiresAt: performance.now() + leaseMs });
    return { state: 'claimed' };
  }

  async renew(key: string, token: string, leaseMs: number): Promise<boolean> {
    const entry = this.#live(key);
    if (entry?.state !== 'busy' || entry.token !== token) return false;
    entry.expiresAt = performance.now() + leaseMs;
    return true;
  }

  async finish(key: string, token: string, outcome: FinishOutcome, ttlMs: number): Promise<boolean> {
    const entry = this.#live(key);
    if (entry?.token !== token) return false;
    if (entry.state !== 'busy') return entry.state === outcome.state;
    const replayId = outcome.state === 'dead' ? outcome.replayId : '';
    this.#set(key, { state: outcome.state, token, replayId, expiresAt: performance.now() + ttlMs });
    return true;
  }

  async release(key: string, token: string): Promise<boolean> {
    const entry = this.#live(key);
    if (entry === undefined) return true;
    if (entry.state !== 'busy' || entry.token !== token) return false;
    this.#entries.delete(key);
    return true;
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expiresAt > performance.now() ? entry : undefined;
  }

  #set(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    if (this.#entries.size < this.#sweepAt) return;
    for (const [old, { expiresAt }] of this.#entries) {
      if (expiresAt <= performance.now()) this.#entries.delete(old);
    }
    this.#sweepAt = Math.max(1024, this.#entries.size * 2);
  }
}
