import { DeleteStreamCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect } from 'vitest';
import { kinesis } from '../../../runtime/kinesis/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { redisLeases } from '../../../runtime/stores/redisLeases.ts';
import { conformance, type Harness } from '../../runtime/conformance/index.ts';
import { shards } from '../../runtime/support/channels.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { awsConfig } from '../support/aws.ts';
import type { Broker } from '../support/broker.ts';
import { kinesisClient, startKinesis } from '../support/kinesis.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('real brokers', { brokers: ['kinesis', 'redis'] }, () => {
  let broker: Broker;
  let redis: Broker;
  let proxy: FaultProxy;
  let client: KinesisClient;

  beforeAll(async () => {
    [broker, redis] = await Promise.all([startKinesis(), startRedis()]);
    proxy = await FaultProxy.start(broker.url);
    client = kinesisClient(broker.url);
  });
  afterAll(async () => {
    client?.destroy();
    await proxy?.stop();
    await Promise.all([broker?.dispose(), redis?.dispose()]);
  });

  conformance('Kinesis with Redis', shards, harness);

  async function harness(): Promise<Harness> {
    // Declarations go round the proxy, which cuts the connections of the services only.
    const transport = kinesis(awsConfig(broker.url));
    const signal = () => AbortSignal.timeout(30_000);
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), signal());
    // Leases are refused by a store that nobody has accepted.
    const store = redisStore({ url: redis.url, acceptEmpty: true });
    await store.open(signal());
    await store.close();
    return {
      transport: () =>
        kinesis({
          ...awsConfig(proxy.via(broker.url)),
          leases: redisLeases({ url: redis.url }),
          pollMs: 10,
        }),
      store: () => redisStore({ url: redis.url, acceptEmpty: true }),
      declare: (topology) => transport.assertTopology(topology, signal()),
      deleteChannel: async (name) => {
        await client.send(new DeleteStreamCommand({ StreamName: name }));
      },
      cut: async () => {
        await expect.poll(() => proxy.connections, { timeout: 30_000 }).toBeGreaterThan(0);
        return proxy.reset();
      },
      close: () => transport.close(),
    };
  }
});
