import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StoreLostError } from '../../../runtime/core/errors.ts';
import { postgresStore } from '../../../runtime/postgres/index.ts';
import { postgresLeases } from '../../../runtime/postgres/leases.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { redisLeases } from '../../../runtime/stores/redisLeases.ts';
import { leasesSuite } from '../../runtime/stores/leasesSuite.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import type { Broker } from '../support/broker.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

const soon = () => AbortSignal.timeout(30_000);

describeWithBrokers('stores of leases', { brokers: ['redis', 'postgres'], control: true }, () => {
  let redis: Broker;
  let postgres: Postgres;
  let url: string;

  beforeAll(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    url = await postgres.database('service');
    await postgres.sql(readFileSync('runtime/postgres/schema.sql', 'utf8'), undefined, 'service');
    for (const store of [
      redisStore({ url: redis.url, acceptEmpty: true }),
      postgresStore({ url, acceptEmpty: true }),
    ]) {
      await store.open(soon());
      await store.close();
    }
  });
  afterAll(async () => {
    await Promise.all([redis?.dispose(), postgres?.dispose()]);
  });

  leasesSuite('Redis', async () => redisLeases({ url: redis.url }));
  leasesSuite('PostgreSQL', async () => postgresLeases({ url }));

  it('refuse to begin anew when they have lost their records', async () => {
    const [inRedis, inPostgres] = [redisLeases({ url: redis.url }), postgresLeases({ url })];
    const client = await createClient({ url: redis.url }).connect();
    try {
      for (const leases of [inRedis, inPostgres]) await leases.open(soon(), new MemoryLog());
      await client.flushAll();
      await postgres.sql('TRUNCATE messaging.inbox', undefined, 'service');
      for (const leases of [inRedis, inPostgres]) {
        await expect(leases.beat('g', 'a', [], 60_000)).rejects.toThrow(StoreLostError);
        await expect(leases.take('g', 'a', 's/1', 60_000)).rejects.toThrow(StoreLostError);
        await expect(leases.startOf('g', 's', 'earliest')).rejects.toThrow(StoreLostError);
      }
    } finally {
      client.destroy();
      for (const leases of [inRedis, inPostgres]) await leases.close();
    }
  });
});
