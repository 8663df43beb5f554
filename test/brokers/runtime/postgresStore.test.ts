import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigurationError, StoreLostError } from '../../../runtime/core/errors.ts';
import { type PostgresConfig, type PostgresStore, postgresStore } from '../../../runtime/stores/postgres.ts';
import { storeSuite } from '../../runtime/stores/suite.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { describeWithBrokers } from '../support/require.ts';

const soon = () => AbortSignal.timeout(30_000);
const lease = 60_000;
const schema = readFileSync('runtime/stores/postgres/schema.sql', 'utf8');

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
    store = await opened({ url, acceptEmpty: true });
  });
  afterAll(async () => {
    for (const each of open) await each.close();
    await postgres?.dispose();
  });

  storeSuite('PostgreSQL', () => store);

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
