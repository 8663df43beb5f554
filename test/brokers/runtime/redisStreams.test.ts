import { createClient } from 'redis';
import { afterAll, beforeAll, expect } from 'vitest';
import { redisStreams } from '../../../runtime/redis/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { conformance, type Harness } from '../../runtime/conformance/index.ts';
import { streams } from '../../runtime/support/channels.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('real brokers', { brokers: ['redis'] }, () => {
  let redis: Broker;
  let proxy: FaultProxy;

  beforeAll(async () => {
    redis = await startRedis();
    proxy = await FaultProxy.start(redis.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await redis?.dispose();
  });

  conformance('Redis Streams', streams, harness);

  async function harness(): Promise<Harness> {
    // Declarations go round the proxy, which cuts the connections of the services only.
    const transport = redisStreams({ url: redis.url });
    const signal = () => AbortSignal.timeout(30_000);
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), signal());
    const client = await createClient({ url: redis.url }).connect();
    return {
      transport: () => redisStreams({ url: proxy.via(redis.url) }),
      store: () => redisStore({ url: redis.url, prefix: 'records', acceptEmpty: true }),
      declare: (topology) => transport.assertTopology(topology, signal()),
      deleteChannel: async (name) => {
        await client.del([name, ...[0, 1, 2].map((partition) => `${name}:${partition}`)]);
      },
      cut: async () => {
        await expect.poll(() => proxy.connections, { timeout: 30_000 }).toBeGreaterThan(0);
        return proxy.reset();
      },
      close: async () => {
        await transport.close();
        client.destroy();
      },
    };
  }
});
