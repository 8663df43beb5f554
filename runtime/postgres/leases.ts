import { Pool } from 'pg';
import { fullJitter, pause } from '../core/backoff.ts';
import { ConfigurationError, StoreLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Checkpoint, Held, Lease, LeaseStore, Standing } from '../core/partitions/leases.ts';
import { clientConfig, type PostgresConfig, postgresConfigFromEnv } from './config.ts';
import { isStatementError } from './guardedTransaction.ts';
import { refusal } from './refusal.ts';
import { sentinelDigest } from './statements.ts';

const statementTimeoutMs = 10_000;
/** A beat must not wait behind checkpoints. */
const connections = 2;

/**
 * Keeps leases and checkpoints in the database of the idempotency store (PostgreSQL 12 or newer), in the tables of
 * `schema.sql`, and shares its sentinel: a database that has lost its records is refused here as well.
 */
export function postgresLeases(config: PostgresConfig): LeaseStore {
  return new PostgresLeases(config);
}

/** With the settings `<prefix>_URL`, …; see `postgresConfigFromEnv`. @throws ConfigurationError */
export function postgresLeasesFromEnv(prefix = 'DATABASE'): LeaseStore {
  return postgresLeases(postgresConfigFromEnv(prefix));
}

interface Row {
  readonly shard: string;
  readonly owner: string | null;
  readonly epoch: number;
  readonly checkpoint: string | null;
}

const until = (parameter: string) => `clock_timestamp() + ${parameter}::float8 * interval '1 ms'`;
const columns = `shard, CASE WHEN expires_at > clock_timestamp() THEN owner END AS owner, epoch::int AS epoch, checkpoint`;
const present = `SELECT EXISTS (SELECT FROM messaging.inbox WHERE digest = ${sentinelDigest}) AS present`;

class PostgresLeases implements LeaseStore {
  readonly #pool: Pool;
  #connected = false;

  constructor(config: PostgresConfig) {
    this.#pool = new Pool({
      ...clientConfig(config, 'brokerloom leases'),
      max: connections,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 1_000,
    });
    // Statements that fail tell; without a listener the event would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (connection) => connection.on('error', () => {}));
  }

  get connected(): boolean {
    return this.#connected;
  }

  async open(signal: AbortSignal, log: Logger): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        await this.#query('SELECT FROM messaging.leases LIMIT 0');
        return;
      } catch (error) {
        const refused = refusal(error);
        if (refused !== undefined) throw new ConfigurationError(refused, { cause: error });
        log.warn({ err: error }, 'The database of the leases is not there yet.');
        await pause(fullJitter(attempt, 100, 2_000), signal);
      }
    }
  }

  async beat(group: string, member: string, held: readonly Held[], leaseMs: number): Promise<Standing> {
    await this.#assertPresent();
    await this.#query(
      `INSERT INTO messaging.lease_members ("group", member, expires_at) VALUES ($1, $2, ${until('$3')})
       ON CONFLICT ("group", member) DO UPDATE SET expires_at = excluded.expires_at`,
      [group, member, leaseMs],
    );
    await this.#query(
      `UPDATE messaging.leases AS lease SET expires_at = ${until('$5')}
       FROM unnest($3::text[], $4::bigint[]) AS mine (shard, epoch)
       WHERE lease."group" = $1 AND lease.owner = $2 AND lease.shard = mine.shard AND lease.epoch = mine.epoch`,
      [group, member, ...columnsOf(held), leaseMs],
    );
    const members = await this.#query<{ member: string }>(
      `WITH gone AS (
         DELETE FROM messaging.lease_members WHERE "group" = $1 AND expires_at <= clock_timestamp()
       )
       SELECT member FROM messaging.lease_members WHERE "group" = $1 AND expires_at > clock_timestamp()`,
      [group],
    );
    const leases = await this.#query<Row>(`SELECT ${columns} FROM messaging.leases WHERE "group" = $1`, [
      group,
    ]);
    return { members: members.map((row) => row.member), leases: leases.map(leaseOf) };
  }

  async take(group: string, member: string, shard: string, leaseMs: number): Promise<Lease | undefined> {
    await this.#assertPresent();
    const [row] = await this.#query<Row>(
      `INSERT INTO messaging.leases AS lease ("group", shard, owner, epoch, expires_at)
       VALUES ($1, $3, $2, 1, ${until('$4')})
       ON CONFLICT ("group", shard) DO UPDATE
       SET owner = excluded.owner, epoch = lease.epoch + 1, expires_at = excluded.expires_at
       WHERE lease.owner IS NULL OR lease.expires_at <= clock_timestamp()
       RETURNING ${columns}`,
      [group, member, shard, leaseMs],
    );
    return row && leaseOf(row);
  }

  async save(
    group: string,
    member: string,
    checkpoints: readonly (Held & { readonly checkpoint: Checkpoint })[],
  ): Promise<readonly boolean[]> {
    const saved = await this.#query<{ shard: string }>(
      `UPDATE messaging.leases AS lease SET checkpoint = mine.checkpoint
       FROM unnest($3::text[], $4::bigint[], $5::text[]) AS mine (shard, epoch, checkpoint)
       WHERE lease."group" = $1 AND lease.owner = $2 AND lease.shard = mine.shard AND lease.epoch = mine.epoch
       RETURNING lease.shard`,
      [group, member, ...columnsOf(checkpoints), checkpoints.map(({ checkpoint }) => checkpoint)],
    );
    const moved = new Set(saved.map(({ shard }) => shard));
    return checkpoints.map(({ shard }) => moved.has(shard));
  }

  async release(group: string, member: string, held: readonly Held[]): Promise<void> {
    await this.#query(
      `UPDATE messaging.leases AS lease SET owner = NULL
       FROM unnest($3::text[], $4::bigint[]) AS mine (shard, epoch)
       WHERE lease."group" = $1 AND lease.owner = $2 AND lease.shard = mine.shard AND lease.epoch = mine.epoch`,
      [group, member, ...columnsOf(held)],
    );
  }

  async leave(group: string, member: string): Promise<void> {
    await this.#query(`DELETE FROM messaging.lease_members WHERE "group" = $1 AND member = $2`, [
      group,
      member,
    ]);
  }

  async startOf(group: string, stream: string, proposed: string): Promise<string> {
    await this.#assertPresent();
    await this.#query(
      `INSERT INTO messaging.lease_starts ("group", stream, start) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [group, stream, proposed],
    );
    const [row] = await this.#query<{ start: string }>(
      `SELECT start FROM messaging.lease_starts WHERE "group" = $1 AND stream = $2`,
      [group, stream],
    );
    return row?.start ?? proposed;
  }

  async forget(group: string, shards: readonly string[]): Promise<void> {
    await this.#query(`DELETE FROM messaging.leases WHERE "group" = $1 AND shard = ANY ($2)`, [
      group,
      shards,
    ]);
  }

  async close(): Promise<void> {
    this.#connected = false;
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #assertPresent(): Promise<void> {
    const [row] = await this.#query<{ present: boolean }>(present);
    if (row?.present !== true)
      throw new StoreLostError('The store of the leases has lost its records: its sentinel is missing.');
  }

  async #query<R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    try {
      const { rows } = await this.#pool.query<R>(text, [...values]);
      this.#connected = true;
      return rows;
    } catch (error) {
      this.#connected = isStatementError(error);
      throw error;
    }
  }
}

const columnsOf = (held: readonly Held[]): [string[], number[]] => [
  held.map(({ shard }) => shard),
  held.map(({ epoch }) => epoch),
];

const leaseOf = ({ shard, owner, epoch, checkpoint }: Row): Lease => ({
  shard,
  epoch,
  ...(owner === null ? {} : { owner }),
  ...(checkpoint === null ? {} : { checkpoint }),
});
