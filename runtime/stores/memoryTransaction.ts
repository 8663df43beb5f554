import { ClosedError, ConfigurationError } from '../core/errors.ts';
import type { InboxTransaction } from '../core/idempotency/store.ts';
import type { Query, QueryResult, Transaction } from '../core/idempotency/transaction.ts';
import { assertNoControl } from '../core/idempotency/transactionControl.ts';

const uponCommit = new WeakMap<Transaction, (() => void)[]>();

/**
 * Runs `effect` if and when the transaction commits.
 * @throws ConfigurationError when it is not one of this process's memory
 */
export function onCommit(transaction: Transaction, effect: () => void): void {
  const effects = uponCommit.get(transaction);
  if (effects === undefined) {
    throw new ConfigurationError('An outbox in memory takes transactions in memory only.');
  }
  effects.push(effect);
}

/** Notes statements instead of running them: there is no database in a process without one. */
export class MemoryTransaction implements InboxTransaction {
  readonly broken = false;
  readonly transaction: Transaction;
  readonly #statements: Query[] = [];
  readonly #commit: (statements: readonly Query[], ttlMs: number) => Promise<boolean>;
  #over: Error | undefined;

  constructor(
    rows: (statement: Query) => readonly unknown[],
    commit: (statements: readonly Query[], ttlMs: number) => Promise<boolean>,
  ) {
    this.#commit = async (statements, ttlMs) => {
      if (!(await commit(statements, ttlMs))) return false;
      for (const effect of uponCommit.get(this.transaction) ?? []) effect();
      return true;
    };
    this.transaction = {
      query: async <Row>(query: string | Query, values?: readonly unknown[]): Promise<QueryResult<Row>> => {
        const statement = typeof query === 'string' ? { text: query } : query;
        if (this.#over !== undefined) throw this.#over;
        assertNoControl(statement.text);
        const noted = values === undefined ? statement : { ...statement, values };
        this.#statements.push(noted);
        const found = rows(noted) as Row[];
        return { rows: found, rowCount: found.length };
      },
    };
    uponCommit.set(this.transaction, []);
  }

  async touch(): Promise<void> {}

  async commit(ttlMs: number): Promise<boolean> {
    if (this.#over !== undefined) return false;
    this.#over = new ClosedError('The transaction of this message is over.');
    return this.#commit(this.#statements, ttlMs);
  }

  async rollback(reason: Error): Promise<void> {
    this.#over ??= reason;
  }
}
