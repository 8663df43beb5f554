import { lengthPrefixed } from '../core/idempotency/key.ts';
import type {
  ClaimResult,
  FinishOutcome,
  InboxTransaction,
  TransactionalStore,
} from '../core/idempotency/store.ts';
import type { Query } from '../core/idempotency/transaction.ts';
import type { OffsetStore } from '../core/offsets.ts';
import { MemoryTransaction } from './memoryTransaction.ts';

interface Entry {
  readonly state: 'busy' | 'done' | 'dead';
  readonly token: string;
  readonly replayId: string;
  expiresAt: number;
}

export interface MemoryStoreOptions {
  /** Answers the statements of handlers, which are noted and not run. Default: no rows. */
  readonly rows?: (statement: Query) => readonly unknown[];
}

/** Keeps the records of one process, for tests and demos. A restart forgets them. */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  return new MemoryStore(options);
}

export class MemoryStore implements TransactionalStore, OffsetStore {
  /** Statements of handlers whose transaction has committed, in the order of the commits. */
  readonly committed: Query[] = [];
  readonly #rows: (statement: Query) => readonly unknown[];
  readonly #entries = new Map<string, Entry>();
  readonly #offsets = new Map<string, bigint>();
  #sweepAt = 1024;
  readonly connected = true;
  readonly lost = false;

  constructor({ rows = () => [] }: MemoryStoreOptions) {
    this.#rows = rows;
  }

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

  async loadOffset(group: string, stream: string): Promise<bigint | undefined> {
    return this.#offsets.get(lengthPrefixed([group, stream]));
  }

  async saveOffset(group: string, stream: string, next: bigint): Promise<void> {
    const key = lengthPrefixed([group, stream]);
    if (next > (this.#offsets.get(key) ?? -1n)) this.#offsets.set(key, next);
  }

  async begin(key: string, token: string): Promise<InboxTransaction> {
    return new MemoryTransaction(this.#rows, async (statements, ttlMs) => {
      if (!(await this.finish(key, token, { state: 'done' }, ttlMs))) return false;
      this.committed.push(...statements);
      return true;
    });
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
