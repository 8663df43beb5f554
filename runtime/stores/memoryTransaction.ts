import { ClosedError } from '../core/errors.ts';
import type { InboxTransaction } from '../core/idempotency/store.ts';
import type { Query, QueryResult, Transaction } from '../core/idempotency/transaction.ts';
import { assertNoControl } from '../core/idempotency/transactionControl.ts';

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
    this.#commit = commit;
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
