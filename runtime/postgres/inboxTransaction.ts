import type { PoolClient } from 'pg';
import { StoreUnavailableError } from '../core/errors.ts';
import type { InboxTransaction } from '../core/idempotency/store.ts';
import type { Transaction } from '../core/idempotency/transaction.ts';
import { GuardedTransaction, isStatementError } from './guardedTransaction.ts';
import { finish } from './statements.ts';

/** One transaction on one connection of the pool, from BEGIN to the connection's return. */
export class PostgresInboxTransaction implements InboxTransaction {
  readonly #client: PoolClient;
  readonly #guarded: GuardedTransaction;
  readonly #digest: Buffer;
  readonly #token: string;
  /** Commit or rollback, whichever came first. */
  #ending = false;

  private constructor(client: PoolClient, digest: Buffer, token: string) {
    this.#client = client;
    this.#guarded = new GuardedTransaction(client);
    this.#digest = digest;
    this.#token = token;
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

  get transaction(): Transaction {
    return this.#guarded.transaction;
  }

  get broken(): boolean {
    return this.#guarded.broken;
  }

  touch(): Promise<void> {
    return this.#guarded.touch();
  }

  async commit(ttlMs: number): Promise<boolean> {
    if (this.#ending) return false;
    this.#ending = true;
    await this.#guarded.close();
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
    await this.#guarded.abandon(reason);
    await this.#undo();
  }

  async #undo(): Promise<void> {
    const undone = await this.#client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    this.#client.release(!undone);
  }
}

/** What PostgreSQL refuses is the handler's failure; anything else is the way to it. */
const outcome = (error: unknown, when: string): unknown =>
  isStatementError(error)
    ? error
    : new StoreUnavailableError(`The database went away ${when}.`, { cause: error });
