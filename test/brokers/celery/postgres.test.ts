import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { celeryRedis } from '../../../runtime/celery/redis/index.ts';
import { type PostgresStore, postgresStore } from '../../../runtime/postgres/store.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Broker } from '../support/broker.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';
import { order, recordOf, type Sender, startSender } from './orders.ts';
import { PaymentWorker } from './worker.ts';

const needs = { brokers: ['postgres', 'redis', 'python'] } as const;

describeWithBrokers('a generated worker with its records in PostgreSQL', needs, () => {
  let redis: Broker;
  let postgres: Broker;
  let worker: PaymentWorker;
  let sender: Sender;
  let store: PostgresStore;

  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-design-'));
    reapDir(dir);
    const design = readFileSync('test/faults/designs/celery.loom.yaml', 'utf8');
    writeFileSync(
      join(dir, 'x.loom.yaml'),
      design.replace('store: { kind: redis }', 'store: { kind: postgres }'),
    );
    worker = await PaymentWorker.generate(join(dir, 'x.loom.yaml'), {
      LISTS_URL: redis.url,
      DATABASE_URL: postgres.url,
      DATABASE_ACCEPT_EMPTY: 'true',
    });
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(readFileSync(join(worker.dir, 'brokers/database/messaging.sql'), 'utf8'));
    await client.end();
    store = postgresStore({ url: postgres.url, acceptEmpty: true });
    await store.open(AbortSignal.timeout(10_000));
    sender = await startSender(celeryRedis({ url: redis.url }));
    await worker.start();
  });

  afterAll(async () => {
    await store?.close();
    await sender?.stop();
    await worker?.process.terminate();
    await Promise.all([redis?.dispose(), postgres?.dispose()]);
  });

  test('shares them with a consumer in TypeScript', async () => {
    const [theirs, dead, ours] = [randomUUID(), randomUUID(), randomUUID()];
    await sender.producers.checkout.send('order.created', order('o-1'), { eventId: theirs });
    await sender.producers.checkout.send('order.created', order('bad-1'), { eventId: dead });
    await worker.calls(theirs);
    await worker.calls(dead, 3);
    const stateOf = async (id: string) => (await store.claim(recordOf(id), randomUUID(), 1, '')).state;
    await worker.process.waitUntil('done', async () => (await stateOf(theirs)) === 'done');
    await worker.process.waitUntil('dead', async () => (await stateOf(dead)) === 'dead');
    expect(await store.claim(recordOf(ours), 'token', 10_000, '')).toEqual({ state: 'claimed' });
    expect(await store.finish(recordOf(ours), 'token', { state: 'done' }, 60_000)).toBe(true);
    await sender.producers.checkout.send('order.created', order('o-2'), { eventId: ours });
    const next = randomUUID();
    await sender.producers.checkout.send('order.created', order('o-3'), { eventId: next });
    await worker.calls(next);
    expect(worker.seen.map(({ id }) => id)).not.toContain(ours);
  });
});
