import { type ClientBase, DatabaseError } from 'pg';
import { orAborted } from '../core/abort.ts';
import { ClosedError } from '../core/errors.ts';
import type { Query, QueryResult, Transaction } from '../core/idempotency/transaction.ts';
import { assertNoControl } from '../core/idempotency/transactionControl.ts';

/** PostgreSQL has answered, and the connection stays: a statement has failed, not the way to the server. */
export const isStatementError = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && error.severity === 'ERROR';

/** What the user's code sees of an open transaction: statements, but not its end. */
export class GuardedTransaction {
  readonly transaction: Transaction = { query: (query, values) => this.#query(query, values) };
  readonly #client: ClientBase;
  readonly #abandoned = new AbortController();
  /** Statements run one after the other, as the protocol has it. Never rejects. */
  #last: Promise<void> = Promise.resolve();
  #running = 0;
  #closed = false;
  #broken = false;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** The way to the database was lost during a statement. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Takes nothing more. Statements that nobody has waited for belong to the transaction all the same. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  /** As `close`; the user's code does not wait for its statements any longer. */
  async abandon(reason: Error): Promise<void> {
    this.#abandoned.abort(reason);
    await this.close();
  }

  /** A statement that does nothing, unless one is at work. */
  async touch(): Promise<void> {
    if (this.#running === 0 && !this.#closed) await this.#run({ text: 'SELECT' }).catch(() => {});
  }

  async #query<Row>(query: string | Query, values?: readonly unknown[]): Promise<QueryResult<Row>> {
    const { signal } = this.#abandoned;
    if (this.#closed) throw signal.reason ?? new ClosedError('The transaction is over.');
    const statement = typeof query === 'string' ? { text: query } : query;
    assertNoControl(statement.text);
    return orAborted(this.#run<Row>(values === undefined ? statement : { ...statement, values }), signal);
  }

  #run<Row>(statement: Query): Promise<QueryResult<Row>> {
    this.#running++;
    // The extended protocol takes one statement at a time: no second one can hide behind a semicolon.
    const extended = { ...statement, queryMode: 'extended' } as never;
    const result = this.#last.then(() => this.#client.query(extended) as unknown as QueryResult<Row>);
    this.#last = result
      .catch((error) => {
        if (!isStatementError(error)) this.#broken = true;
      })
      .then(() => void this.#running--);
    return result;
  }
}
