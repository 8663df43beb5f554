import type { Transaction } from '../core/idempotency/transaction.ts';
import type { Outbox, OutboxMessage, StoredMessage } from '../core/outbox/outbox.ts';
import { MemoryTransaction, onCommit } from './memoryTransaction.ts';

/** Keeps messages in one process, for tests and demos. A restart forgets them; each service needs one of its own. */
export function memoryOutbox(): MemoryOutbox {
  return new MemoryOutbox();
}

export class MemoryOutbox implements Outbox {
  readonly connected = true;
  readonly #messages = new Map<string, StoredMessage>();
  #lastId = 0;

  /** Messages that are committed and not yet with the broker. */
  get size(): number {
    return this.#messages.size;
  }

  async open(): Promise<void> {}
  async close(): Promise<void> {}

  async add(transaction: Transaction, message: OutboxMessage): Promise<void> {
    onCommit(transaction, () => {
      const id = String(++this.#lastId);
      this.#messages.set(id, { ...message, id });
    });
  }

  async transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const opened = new MemoryTransaction(
      () => [],
      async () => true,
    );
    try {
      const result = await work(opened.transaction);
      await opened.commit(0);
      return result;
    } catch (error) {
      await opened.rollback(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  async read(except: readonly string[], limit: number): Promise<readonly StoredMessage[]> {
    const excluded = new Set(except);
    return [...this.#messages.values()].filter(({ lane }) => !excluded.has(lane)).slice(0, limit);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#messages.delete(id);
  }
}
