import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigurationError, StoreLostError, StoreUnavailableError } from '../../../runtime/core/errors.ts';
import { type PostgresConfig, type PostgresStore, postgresStore } from '../../../runtime/postgres/index.ts';
import { inboxSuite } from '../../runtime/stores/inboxSuite.ts';
import { storeSuite } from '../../runtime/stores/suite.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { describeWithBrokers } from '../support/require.ts';

const soon = () => AbortSignal.timeout(30_000);
const lease = 60_000;
const schema = readFileSync('runtime/postgres/schema.sql', 'utf8');

describeWithBrokers('PostgreSQL store', { brokers: ['postgres'], control: true }, () => {
  let postgres: Postgres;
  let url: string;
  let store: PostgresStore;
  const open: PostgresStore[] = [];

  async function opened(config: PostgresConfig): Promise<PostgresStore> {
    const created = postgresStore(config);
    open.push(created);
    await created.open(soon());
    return created;
  }

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.database('service');
    await postgres.sql(schema, undefined, 'service');
    await postgres.sql('CREATE TABLE effects (name text)', undefined, 'service');
    store = await opened({ url, acceptEmpty: true });
  });
  afterAll(async () => {
    for (const each of open) await each.close();
    await postgres?.dispose();
  });

  storeSuite('PostgreSQL', () => store);
  inboxSuite('PostgreSQL', () => ({ store, effect, count }));

  const effect = (name: string) => ({ text: 'INSERT INTO effects VALUES ($1)', values: [name] });
  async function count(name: string): Promise<number> {
    const text = 'SELECT count(*)::int AS n FROM effects WHERE name = $1';
    return (await postgres.sql<{ n: number }>(text, [name], 'service'))[0]?.n ?? 0;
  }
  async function begun(key: string, leaseMs = lease, of = store) {
    await of.claim(key, 'a', leaseMs, '');
    return of.begin(key, 'a', leaseMs);
  }

  it('fails the message when the handler has swallowed the failure of a statement', async () => {
    const opened = await begun('swallowed');
    await opened.transaction.query(effect('swallowed'));
    await opened.transaction.query('SELECT 1 / 0').catch(() => {});
    await expect(opened.commit(lease)).rejects.toThrow(/current transaction is aborted/);
    expect(opened.broken).toBe(false);
    expect(await count('swallowed')).toBe(0);
  });

  it('lets a handler undo a part of its work', async () => {
    const { transaction, commit } = await begun('savepoint').then((opened) => ({
      transaction: opened.transaction,
      commit: () => opened.commit(lease),
    }));
    await transaction.query(effect('savepoint'));
    await transaction.query('SAVEPOINT part');
    await transaction.query(effect('savepoint'));
    await transaction.query('ROLLBACK TO SAVEPOINT part');
    expect(await commit()).toBe(true);
    expect(await count('savepoint')).toBe(1);
  });

  it('runs one statement at a time, whatever hides behind a semicolon', async () => {
    const opened = await begun('two');
    await expect(opened.transaction.query('SELECT 1; COMMIT')).rejects.toThrow(/multiple commands/);
    const procedure = "DO $$ BEGIN INSERT INTO effects VALUES ('two'); COMMIT; END $$";
    await opened.transaction.query('ROLLBACK TO SAVEPOINT none').catch(() => {});
    await opened.rollback(new Error('start again'));
    const again = await store.begin('two', 'a', lease);
    await expect(again.transaction.query(procedure)).rejects.toThrow(/invalid transaction termination/);
    await again.rollback(new Error('failed'));
    expect(await count('two')).toBe(0);
  });

  it('includes statements that the handler has not waited for, in their order', async () => {
    const opened = await begun('unawaited');
    const order: string[] = [];
    void opened.transaction.query('SELECT pg_sleep(0.05)').then(() => order.push('slow'));
    void opened.transaction.query(effect('unawaited')).then(() => order.push('effect'));
    expect(await opened.commit(lease)).toBe(true);
    expect(order).toEqual(['slow', 'effect']);
    expect(await count('unawaited')).toBe(1);
  });

  it('reports a constraint that fails at the commit as the failure of the handler', async () => {
    await postgres.sql('CREATE TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)', [], 'service');
    const opened = await begun('deferred');
    await opened.transaction.query('INSERT INTO late VALUES (1), (1)');
    await expect(opened.commit(lease)).rejects.toThrow(/duplicate key/);
    expect((await store.claim('deferred', 'b', lease, '')).state).toBe('busy');
  });

  it('leaves the outcome to the next claim when the connection breaks during the commit', async () => {
    const proxy = await FaultProxy.start(url);
    const cut = await opened({ url: proxy.via(url) });
    const open = await begun('unknown', lease, cut);
    await open.transaction.query(effect('unknown'));
    const { rows } = await open.transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // Answers come late, so that the cut falls between the COMMIT and its answer.
    proxy.conditions = { latencyMs: 200 };
    const commit = open.commit(lease);
    commit.catch(() => {});
    const committed = "SELECT FROM pg_stat_activity WHERE pid = $1 AND query = 'COMMIT'";
    await expect.poll(() => postgres.sql(committed, [rows[0]?.pid]), { interval: 5 }).toHaveLength(1);
    proxy.reset();
    await expect(commit).rejects.toThrow(StoreUnavailableError);
    proxy.conditions = {};
    const { state } = await store.claim('unknown', 'a', lease, '');
    expect([state, await count('unknown')]).toEqual(['done', 1]);
    await cut.close();
    await proxy.stop();
  });

  it('ends by itself when nothing is heard of it for as long as the lease, and goes on while it is touched', async () => {
    const sessions = () =>
      postgres.sql<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = 'service'",
      );
    const still = await begun('still', 300);
    await still.transaction.query(effect('still'));
    expect(await sessions()).toHaveLength(1);
    await expect.poll(sessions, { timeout: 10_000 }).toEqual([]);
    await expect(still.commit(lease)).rejects.toThrow(StoreUnavailableError);
    expect(await count('still')).toBe(0);

    const alive = await begun('alive', 1_000);
    await alive.transaction.query(effect('alive'));
    const end = performance.now() + 1_500;
    while (performance.now() < end) {
      await alive.touch();
      await store.renew('alive', 'a', 1_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await alive.commit(lease)).toBe(true);
    expect(await count('alive')).toBe(1);
  });

  it('applies its schema again without a change', async () => {
    await store.claim('before', 'a', lease, '');
    await postgres.sql(schema, undefined, 'service');
    expect((await store.claim('before', 'b', lease, '')).state).toBe('busy');
  });

  it('refuses an empty store until an operator accepts it, and notices at the next claim that it was emptied', async () => {
    const fresh = await postgres.database('fresh');
    await postgres.sql(schema, undefined, 'fresh');
    await expect(opened({ url: fresh })).rejects.toThrow(StoreLostError);
    const accepted = await opened({ url: fresh, acceptEmpty: true });
    await accepted.claim('k', 'a', lease, '');
    await postgres.sql('TRUNCATE messaging.inbox', undefined, 'fresh');
    await expect(accepted.claim('other', 'a', lease, '')).rejects.toThrow(StoreLostError);
    expect(accepted.lost).toBe(true);
    expect(await accepted.finish('k', 'a', { state: 'done' }, lease)).toBe(false);
    await accepted.accept();
    expect(await accepted.claim('other', 'a', lease, '')).toEqual({ state: 'claimed' });
    expect(accepted.lost).toBe(false);
  });

  it('says what is missing instead of waiting for it', async () => {
    await postgres.database('bare');
    const at = (path: string) => new URL(path, url).href;
    await expect(opened({ url: at('/bare') })).rejects.toThrow(/apply its SQL file/);
    await expect(opened({ url: at('/nowhere') })).rejects.toThrow(/no such database/);
    await expect(opened({ url, ca: 'unused: the server has no TLS' })).rejects.toThrow(ConfigurationError);
  });

  it('rejects while PostgreSQL is away instead of answering late, and has its records after a crash', async () => {
    await store.claim('kept', 'a', lease, '');
    expect(await store.finish('kept', 'a', { state: 'done' }, Number.POSITIVE_INFINITY)).toBe(true);
    await postgres.kill();
    await expect(store.claim('k', 'a', lease, '')).rejects.toThrow();
    expect(store.connected).toBe(false);
    await postgres.start();
    await expect
      .poll(() => store.claim('kept', 'b', lease, ''), { timeout: 20_000 })
      .toEqual({ state: 'done' });
    expect(store.connected).toBe(true);
  });

  it('does not take a cut connection for a duplicate', async () => {
    const proxy = await FaultProxy.start(url);
    const cut = await opened({ url: proxy.via(url) });
    await cut.claim('warm-up', 'a', lease, '');
    // The statement has left, and its answer does not come: its outcome is unknown.
    proxy.blackHole();
    const unknown = cut.claim('cut', 'mine', lease, '');
    unknown.catch(() => {});
    proxy.reset();
    await expect(unknown).rejects.toThrow();
    proxy.heal();
    await expect
      .poll(() => cut.claim('cut', 'mine', lease, ''), { timeout: 20_000 })
      .toEqual({ state: 'claimed' });
    await cut.close();
    await proxy.stop();
  });

  it('gives up on a server that does not answer', async () => {
    await postgres.pause();
    await expect(store.claim('paused', 'a', lease, '')).rejects.toThrow();
    await postgres.resume();
    await expect.poll(() => store.claim('paused', 'b', lease, ''), { timeout: 20_000 }).toBeDefined();
  });

  it('forgets what has expired, and only that', async () => {
    for (const [k, ttl] of [
      ['old', 1],
      ['young', lease],
    ] as const) {
      await store.claim(k, 'a', lease, '');
      await store.finish(k, 'a', { state: 'done' }, ttl);
    }
    const rows = () =>
      postgres.sql<{ n: number }>('SELECT count(*)::int AS n FROM messaging.inbox', [], 'service');
    const before = (await rows())[0]?.n ?? 0;
    await expect
      .poll(async () => {
        await store.sweep();
        return (await rows())[0]?.n ?? 0;
      })
      .toBeLessThan(before);
    expect(await store.claim('young', 'b', lease, '')).toEqual({ state: 'done' });
    expect(store.lost).toBe(false);
  });
});
