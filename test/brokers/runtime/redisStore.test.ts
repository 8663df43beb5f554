import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigurationError, StoreLostError } from '../../../runtime/core/errors.ts';
import { type RedisStore, redisStore } from '../../../runtime/stores/redis.ts';
import { storeSuite } from '../../runtime/stores/suite.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

const soon = () => AbortSignal.timeout(30_000);
const lease = 60_000;

describeWithBrokers('Redis store', { brokers: ['redis'], control: true }, () => {
  let redis: Broker;
  let store: RedisStore;
  const open: RedisStore[] = [];

  async function opened(config: Parameters<typeof redisStore>[0]): Promise<RedisStore> {
    const created = redisStore(config);
    open.push(created);
    await created.open(soon());
    return created;
  }

  beforeAll(async () => {
    redis = await startRedis();
    store = await opened({ url: redis.url, acceptEmpty: true });
  });
  afterAll(async () => {
    for (const each of open) await each.close();
    await redis?.dispose();
  });

  storeSuite('Redis', () => store);

  it('refuses a store without a sentinel until an operator accepts it', async () => {
    const config = { url: redis.url, prefix: 'fresh' };
    await expect(opened(config)).rejects.toThrow(StoreLostError);
    await expect(opened(config)).rejects.toThrow(/fresh:sentinel/);
    await store.accept();
    await expect(opened(config)).rejects.toThrow(StoreLostError);
    await (await opened({ ...config, acceptEmpty: true })).close();
    expect((await opened(config)).connected).toBe(true);
  });

  it('notices at the next claim that its records are gone, and that they are accepted', async () => {
    const admin = createClient({ url: redis.url });
    await admin.connect();
    await store.claim('flushed', 'a', lease, '');
    await admin.flushAll();
    await expect(store.claim('other', 'a', lease, '')).rejects.toThrow(StoreLostError);
    expect(await store.finish('flushed', 'a', { state: 'done' }, lease)).toBe(false);
    await store.accept();
    expect(await store.claim('other', 'a', lease, '')).toEqual({ state: 'claimed' });
    admin.destroy();
  });

  it('rejects while Redis is away instead of answering late, and keeps its records over a restart', async () => {
    await store.claim('kept', 'a', lease, '');
    expect(await store.finish('kept', 'a', { state: 'done' }, lease)).toBe(true);
    await redis.stop();
    await expect.poll(() => store.connected).toBe(false);
    await expect(store.claim('k', 'a', lease, '')).rejects.toThrow();
    await redis.start();
    await expect.poll(() => store.connected, { timeout: 20_000 }).toBe(true);
    expect(await store.claim('kept', 'b', lease, '')).toEqual({ state: 'done' });
  });

  it('does not take a cut connection for a duplicate', async () => {
    const proxy = await FaultProxy.start(redis.url);
    const cut = await opened({ url: proxy.via(redis.url) });
    await cut.claim('warm-up', 'a', lease, '');
    // The command has left, and its answer does not come: its outcome is unknown.
    proxy.blackHole();
    const unknown = cut.claim('cut', 'mine', lease, '');
    unknown.catch(() => {});
    proxy.reset();
    await expect(unknown).rejects.toThrow();
    proxy.heal();
    await expect.poll(() => cut.connected, { timeout: 20_000 }).toBe(true);
    expect(await cut.claim('cut', 'mine', lease, '')).toEqual({ state: 'claimed' });
    await cut.close();
    await proxy.stop();
  });

  it('waits for a Redis that is not there yet, and stops waiting when told', async () => {
    await redis.stop();
    const starting = new AbortController();
    const late = redisStore({ url: redis.url });
    open.push(late);
    const opening = late.open(soon());
    const impatient = redisStore({ url: redis.url });
    open.push(impatient);
    const given = impatient.open(starting.signal);
    starting.abort(new Error('stopping'));
    await expect(given).rejects.toThrow('stopping');
    await redis.start();
    await opening;
    expect(late.connected).toBe(true);
  });

  it('refuses a URL that is none of Redis', () => {
    expect(() => redisStore({ url: 'http://x' })).toThrow(ConfigurationError);
  });
});
