import { DatabaseError, type PoolClient } from 'pg';
import { orAborted } from '../../core/abort.ts';
import { ClosedError, StoreUnavailableError } from '../../core/errors.ts';
import type { InboxTransaction } from '../../core/idempotency/store.ts';
import type { Query, QueryResult, Transaction } from '../../core/idempotency/transaction.ts';
import { assertNoControl } from '../../core/idempotency/transactionControl.ts';
import { finish } from './statements.ts';

/** PostgreSQL has answered, and the connection stays: a statement has failed, not the way to the server. */
export const isStatementError = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && error.severity === 'ERROR';

/** One transaction on one connection of the pool, from BEGIN to the connection's return. */
export class PostgresInboxTransaction implements InboxTransaction {
  readonly transaction: Transaction;
  readonly #client: PoolClient;
  readonly #digest: Buffer;
  readonly #token: string;
  readonly #abandoned = new AbortController();
  /** Statements run one after the other, as the protocol has it. Never rejects. */
  #last: Promise<void> = Promise.resolve();
  #running = 0;
  /** Commit or rollback, whichever came first. */
  #ending = false;
  #broken = false;

  private constructor(client: PoolClient, digest: Buffer, token: string) {
    this.#client = client;
    this.#digest = digest;
    this.#token = token;
    this.transaction = { query: (query, values) => this.#handlersQuery(query, values) };
  }

  get broken(): boolean {
    return this.#broken;
  }

  static async begin(
    client: PoolClient,
    digest: Buffer,
    token: string,
    leaseMs: number,
  ): Promise<PostgresInboxTransaction> {
    const idleMs = Math.ceil(leaseMs);
    try {
      await client.query(
        `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = ${idleMs}`,
      );
    } catch (error) {
      client.release(true);
      throw error;
    }
    return new PostgresInboxTransaction(client, digest, token);
  }

  async touch(): Promise<void> {
    if (this.#running === 0 && !this.#ending) await this.#run({ text: 'SELECT' }).catch(() => {});
  }

  async commit(ttlMs: number): Promise<boolean> {
    if (this.#ending) return false;
    this.#ending = true;
    // Statements that the handler has not waited for belong to it all the same.
    await this.#last;
    try {
      const values = [this.#digest, this.#token, 'done', '', Number.isFinite(ttlMs) ? ttlMs : null];
      const { rowCount } = await this.#client.query({ ...finish, values });
      if (rowCount === 0) {
        await this.#undo();
        return false;
      }
    } catch (error) {
      await this.#undo();
      throw outcome(error, 'before the commit; nothing is committed');
    }
    try {
      const { command } = await this.#client.query('COMMIT');
      if (command !== 'COMMIT') throw new Error(`PostgreSQL answered ${command} to COMMIT.`);
    } catch (error) {
      this.#client.release(true);
      // The server may have committed before the connection broke, or may do so still.
      throw outcome(error, 'before it confirmed the commit');
    }
    this.#client.release();
    return true;
  }

  async rollback(reason: Error): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    this.#abandoned.abort(reason);
    await this.#last;
    await this.#undo();
  }

  async #undo(): Promise<void> {
    const undone = await this.#client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    this.#client.release(!undone);
  }

  async #handlersQuery<Row>(query: string | Query, values?: readonly unknown[]): Promise<QueryResult<Row>> {
    if (this.#ending) {
      throw this.#abandoned.signal.reason ?? new ClosedError('The transaction of this message is over.');
    }
    const statement = typeof query === 'string' ? { text: query } : query;
    assertNoControl(statement.text);
    // A handler must not hang on a silent connection once its claim is lost.
    return orAborted(
      this.#run<Row>(values === undefined ? statement : { ...statement, values }),
      this.#abandoned.signal,
    );
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

/** What PostgreSQL refuses is the handler's failure; anything else is the way to it. */
const outcome = (error: unknown, when: string): unknown =>
  isStatementError(error)
    ? error
    : new StoreUnavailableError(`The database went away ${when}.`, { cause: error });
