import { Client, type ClientConfig } from 'pg';
import { isStatementError } from './guardedTransaction.ts';

const statementTimeoutMs = 10_000;
/**
 * A process that stands still loses its shards after this time, since it asks several times a second otherwise
 * (https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-SESSION-TIMEOUT, PostgreSQL 14).
 */
const idleSessionMs = 15_000;
const shardIntervalMs = 1_000;

/** Messages are spread over so many shards by their lanes. Fixed: a change would let two relays send one lane. */
export const shardCount = 16;

/**
 * One connection that holds the advisory locks of the shards its process may send. The locks go with the connection
 * (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS), so this needs one to the server
 * itself, not to a pooler that shares connections between transactions.
 */
export class RelaySession {
  readonly #client: Client;
  readonly #service: string;
  readonly #shards = new Set<number>();
  #askedAt = Number.NEGATIVE_INFINITY;
  #ended = false;

  private constructor(client: Client, service: string) {
    this.#client = client;
    this.#service = service;
    client.on('error', () => {
      this.#ended = true;
    });
    client.on('end', () => {
      this.#ended = true;
    });
  }

  static async open(config: ClientConfig, service: string): Promise<RelaySession> {
    const client = new Client({
      ...config,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 1_000,
    });
    const session = new RelaySession(client, service);
    await client.connect();
    await client.query(`
      SELECT set_config('idle_session_timeout', '${idleSessionMs}', false)
      FROM pg_settings WHERE name = 'idle_session_timeout'`);
    return session;
  }

  get ended(): boolean {
    return this.#ended;
  }

  async query<Row>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.#client.query(text, values)).rows as Row[];
    } catch (error) {
      // A silent server may still run the statement: the connection cannot be used again.
      if (!isStatementError(error)) this.#ended = true;
      throw error;
    }
  }

  /** The shards of this process; free ones are taken as they are found. */
  async shards(): Promise<readonly number[]> {
    const missing = Array.from({ length: shardCount }, (_, shard) => shard).filter(
      (shard) => !this.#shards.has(shard),
    );
    const now = performance.now();
    if (missing.length > 0 && now - this.#askedAt >= shardIntervalMs) {
      this.#askedAt = now;
      const free = await this.query<{ shard: number }>(
        `SELECT shard FROM unnest($2::int[]) AS shard
         WHERE pg_try_advisory_lock(hashtextextended(format('brokerloom outbox %s of %s', shard, $1::text), 0))`,
        [this.#service, missing],
      );
      for (const { shard } of free) this.#shards.add(shard);
    }
    return [...this.#shards];
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
