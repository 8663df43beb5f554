import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { fullJitter, pause } from '../core/backoff.ts';
import { ConfigurationError, StoreUnavailableError, ValidationError } from '../core/errors.ts';
import type { Transaction } from '../core/idempotency/transaction.ts';
import type { Logger } from '../core/log.ts';
import type { Headers, MessageProperties } from '../core/message.ts';
import type { Outbox, OutboxMessage, StoredMessage } from '../core/outbox/outbox.ts';
import type { Destination } from '../core/transport.ts';
import { clientConfig, type PostgresConfig, postgresConfigFromEnv } from './config.ts';
import { GuardedTransaction } from './guardedTransaction.ts';
import { refusal } from './refusal.ts';
import { RelaySession, shardCount } from './relaySession.ts';

const defaultMaxTransactions = 20;

/** Keeps messages in the table `messaging.outbox` of the service's own database until the broker has confirmed them. */
export function postgresOutbox(config: PostgresConfig): PostgresOutbox {
  return new PostgresOutbox(config);
}

/**
 * With the settings of `postgresStoreFromEnv`.
 * @throws ConfigurationError
 */
export function postgresOutboxFromEnv(prefix = 'DATABASE'): PostgresOutbox {
  return postgresOutbox(postgresConfigFromEnv(prefix));
}

const insert = `
INSERT INTO messaging.outbox (service, producer, lane, shard, destination, headers, properties, body)
SELECT $1, $2, $3, $4::smallint, $5::json, $6::json, $7::json, $8::bytea`;

/**
 * Writers of a lane wait for each other until they commit. The lock is taken before the id, so that the order of the
 * ids is that of the commits.
 */
const insertInOrder = `
WITH turn AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended(format('brokerloom lane %s of %s of %s', $3::text, $2::text, $1::text), 0))
) ${insert} FROM turn`;

/** No mark of how far the ids have been read: a transaction may commit after another whose ids are higher. */
const select = `
SELECT id, producer, lane, destination, headers, properties, body FROM messaging.outbox
WHERE service = $1 AND shard = ANY ($2) AND lane <> ALL ($3) ORDER BY id LIMIT $4`;

export class PostgresOutbox implements Outbox {
  readonly #config: PostgresConfig;
  readonly #transactions: Pool;
  #service = '';
  #session: RelaySession | undefined;

  constructor(config: PostgresConfig) {
    this.#config = config;
    this.#transactions = new Pool({
      ...clientConfig(config, 'brokerloom outbox'),
      max: config.maxTransactions ?? defaultMaxTransactions,
    });
    // Statements that fail tell; without a listener the event would end the process.
    this.#transactions.on('error', () => {});
    this.#transactions.on('connect', (connection) => connection.on('error', () => {}));
  }

  get connected(): boolean {
    return this.#session?.ended === false;
  }

  async open(service: string, signal: AbortSignal, log?: Logger): Promise<void> {
    this.#service = service;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        // Takes no shards: they are for a relay whose brokers are connected.
        const session = await this.#connection();
        await session.query('SELECT FROM messaging.outbox LIMIT 0', []);
        return;
      } catch (error) {
        const refused = refusal(error);
        if (refused !== undefined) throw new ConfigurationError(refused, { cause: error });
        log?.warn({ err: error }, 'The outbox is not there yet.');
        await pause(fullJitter(attempt, 100, 2_000), signal);
      }
    }
  }

  async add(
    transaction: Transaction,
    { producer, lane, ordered, destination, message }: OutboxMessage,
  ): Promise<void> {
    if (lane.includes('\0')) throw new ValidationError('PostgreSQL takes no key that holds a NUL.');
    const { body, headers, properties } = message;
    await transaction.query(ordered ? insertInOrder : insert, [
      this.#service,
      producer,
      lane,
      shardOf(lane),
      JSON.stringify(destination),
      JSON.stringify(headers),
      JSON.stringify(properties),
      Buffer.from(body),
    ]);
  }

  async transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.#transactions.connect().catch((error) => {
      throw new StoreUnavailableError('No transaction could be opened.', { cause: error });
    });
    const guarded = new GuardedTransaction(client);
    try {
      await client.query('BEGIN');
      const result = await work(guarded.transaction);
      await guarded.close();
      const { command } = await client.query('COMMIT');
      // What PostgreSQL answers to COMMIT where a statement has failed and nobody has noticed.
      if (command === 'ROLLBACK') throw new Error('A statement has failed; the transaction is rolled back.');
      client.release();
      return result;
    } catch (error) {
      await guarded.close();
      const undone = await client.query('ROLLBACK').then(
        () => true,
        () => false,
      );
      client.release(!undone);
      throw error;
    }
  }

  async read(except: readonly string[], limit: number): Promise<readonly StoredMessage[]> {
    const session = await this.#connection();
    const shards = await session.shards();
    if (shards.length === 0) return [];
    const rows = await session.query<Row>(select, [this.#service, shards, except, limit]);
    return rows.map(({ id, producer, lane, destination, headers, properties, body }) => ({
      id,
      producer,
      lane,
      destination,
      message: { headers, properties, body },
    }));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const session = await this.#connection();
    await session.query('DELETE FROM messaging.outbox WHERE id = ANY ($1::bigint[])', [ids]);
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#session?.close(), this.#transactions.end()]);
  }

  /** A session that has ended has lost its shards: whoever reads next learns of it once, by an error. */
  async #connection(): Promise<RelaySession> {
    const former = this.#session;
    if (former?.ended === false) return former;
    this.#session = undefined;
    if (former !== undefined) throw new StoreUnavailableError('The connection of the outbox has ended.');
    this.#session = await RelaySession.open(clientConfig(this.#config, 'brokerloom relay'), this.#service);
    return this.#session;
  }
}

interface Row {
  /** A bigint, which `pg` gives as text. */
  readonly id: string;
  readonly producer: string;
  readonly lane: string;
  readonly destination: Destination;
  readonly headers: Headers;
  readonly properties: MessageProperties;
  readonly body: Buffer;
}

const shardOf = (lane: string): number =>
  createHash('sha256').update(lane).digest().readUInt8(0) % shardCount;
