import { createHash } from 'node:crypto';
import { Pool, type QueryResult, type QueryResultRow } from 'pg';
import { fullJitter, pause } from '../core/backoff.ts';
import { ConfigurationError, StoreLostError, StoreUnavailableError } from '../core/errors.ts';
import { SentinelWatch } from '../core/idempotency/sentinelWatch.ts';
import type {
  ClaimResult,
  FinishOutcome,
  InboxTransaction,
  TransactionalStore,
} from '../core/idempotency/store.ts';
import type { Logger } from '../core/log.ts';
import { clientConfig, type PostgresConfig, postgresConfigFromEnv } from './config.ts';
import { isStatementError } from './guardedTransaction.ts';
import { PostgresInboxTransaction } from './inboxTransaction.ts';
import { refusal } from './refusal.ts';
import * as statements from './statements.ts';

const defaultMaxTransactions = 20;
/** Renewals must not wait behind handlers, so claims have connections of their own. */
const claimConnections = 4;
const statementTimeoutMs = 10_000;
const sweepEveryMs = 60_000;

/**
 * Keeps the records in PostgreSQL 12 or newer, in the tables of `schema.sql`. As a transactional inbox, the
 * done-mark commits in the transaction in which the handler works: one committed effect per key.
 */
export function postgresStore(config: PostgresConfig): PostgresStore {
  return new PostgresStore(config);
}

/**
 * With the settings `<prefix>_URL`, …; see `postgresConfigFromEnv`.
 * @throws ConfigurationError
 */
export function postgresStoreFromEnv(prefix = 'DATABASE'): PostgresStore {
  return postgresStore(postgresConfigFromEnv(prefix));
}

export class PostgresStore implements TransactionalStore {
  readonly #claims: Pool;
  readonly #transactions: Pool;
  readonly #acceptEmpty: boolean;
  readonly #watch = new SentinelWatch(() => this.#isPresent());
  #sweep: NodeJS.Timeout | undefined;
  #connected = false;

  constructor(config: PostgresConfig) {
    this.#acceptEmpty = config.acceptEmpty ?? false;
    const client = clientConfig(config, 'brokerloom inbox');
    const pool = { ...client, idleTimeoutMillis: 30_000 };
    this.#claims = new Pool({
      ...pool,
      max: claimConnections,
      statement_timeout: statementTimeoutMs,
      // A silent server is noticed as well; the connection is given up with the statement.
      query_timeout: statementTimeoutMs + 1_000,
    });
    // How long a handler's statements may take is the handler's affair; its lease is renewed meanwhile.
    this.#transactions = new Pool({
      ...pool,
      max: config.maxTransactions ?? defaultMaxTransactions,
      connectionTimeoutMillis: 30_000,
    });
    for (const each of [this.#claims, this.#transactions]) {
      // Statements that fail tell; without a listener the event would end the process.
      each.on('error', () => {});
      each.on('connect', (connection) => connection.on('error', () => {}));
    }
  }

  get connected(): boolean {
    return this.#connected;
  }

  get lost(): boolean {
    return this.#watch.lost;
  }

  async open(signal: AbortSignal, log?: Logger): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        if (this.#acceptEmpty) await this.accept();
        if (!(await this.#isPresent())) {
          throw new StoreLostError(
            'The idempotency store has no sentinel: it is new, or has lost its records. Accept that (see ' +
              'docs/runtime.md) once it is clear that events may be handled again.',
          );
        }
        break;
      } catch (error) {
        if (error instanceof StoreLostError) throw error;
        const refused = refusal(error);
        if (refused !== undefined) throw new ConfigurationError(refused, { cause: error });
        log?.warn({ err: error }, 'The idempotency store is not there yet.');
        await pause(fullJitter(attempt, 100, 2_000), signal);
      }
    }
    this.#watch.start(log);
    this.#sweep = setInterval(() => void this.sweep().catch(() => {}), sweepEveryMs);
    this.#sweep.unref();
  }

  /** Writes the sentinel if there is none: from here on the store counts as complete. */
  async accept(): Promise<void> {
    await this.#run(statements.accept);
    this.#watch.note(false);
  }

  async claim(key: string, token: string, leaseMs: number, replayId: string): Promise<ClaimResult> {
    const values = [digest(key), token, leaseMs, replayId];
    const { rows } = await this.#run<ClaimRow>({ ...statements.claim, values });
    const { state, remaining_ms } = rows[0] ?? { state: 'busy', remaining_ms: 0 };
    this.#watch.note(state === 'lost');
    switch (state) {
      case 'lost':
        throw new StoreLostError('The idempotency store has lost its records: its sentinel is missing.');
      case 'busy':
        return { state, remainingMs: Math.max(0, remaining_ms) };
      default:
        return { state };
    }
  }

  async renew(key: string, token: string, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.#run({ ...statements.renew, values: [digest(key), token, leaseMs] });
    return rowCount === 1;
  }

  async finish(key: string, token: string, outcome: FinishOutcome, ttlMs: number): Promise<boolean> {
    const replayId = outcome.state === 'dead' ? outcome.replayId : '';
    const ttl = Number.isFinite(ttlMs) ? ttlMs : null;
    const values = [digest(key), token, outcome.state, replayId, ttl];
    return (await this.#run({ ...statements.finish, values })).rowCount === 1;
  }

  async release(key: string, token: string): Promise<boolean> {
    const { rows } = await this.#run({ ...statements.release, values: [digest(key), token] });
    return rows[0]?.['released'] === true;
  }

  async begin(key: string, token: string, leaseMs: number): Promise<InboxTransaction> {
    try {
      const client = await this.#transactions.connect();
      return await PostgresInboxTransaction.begin(client, digest(key), token, leaseMs);
    } catch (error) {
      throw new StoreUnavailableError('No transaction could be opened.', { cause: error });
    }
  }

  /** Forgets a thousand expired records at most; runs by itself every minute. */
  async sweep(): Promise<void> {
    await this.#run(statements.sweep);
  }

  async close(): Promise<void> {
    this.#watch.stop();
    clearInterval(this.#sweep);
    await Promise.all([this.#claims, this.#transactions].map((pool) => pool.ended || pool.end()));
  }

  async #isPresent(): Promise<boolean> {
    return (await this.#run(statements.present)).rows[0]?.['present'] === true;
  }

  async #run<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>> {
    try {
      const result = await this.#claims.query<Row>(statement);
      this.#connected = true;
      return result;
    } catch (error) {
      this.#connected = isStatementError(error);
      throw error;
    }
  }
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values?: unknown[];
}

interface ClaimRow {
  readonly state: 'lost' | 'claimed' | 'busy' | 'done' | 'dead';
  readonly remaining_ms: number;
}

/** As a digest, a key of any length and with any characters takes 32 bytes. */
const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
