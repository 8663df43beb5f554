import { Admin } from '@platformatic/kafka';
import { afterAll, beforeAll, expect } from 'vitest';
import { kafka as kafkaTransport } from '../../../runtime/kafka/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { conformance, type Harness } from '../../runtime/conformance/index.ts';
import { topics } from '../../runtime/support/channels.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import type { Broker } from '../support/broker.ts';
import { type Kafka, startKafka } from '../support/kafka.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('real brokers', { brokers: ['kafka', 'redis'] }, () => {
  let kafka: Kafka;
  let redis: Broker;

  beforeAll(async () => {
    [kafka, redis] = await Promise.all([startKafka(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([kafka?.dispose(), redis?.dispose()]);
  });

  conformance('Kafka with Redis', topics, harness);

  async function harness(): Promise<Harness> {
    // Declarations go round the proxy, which cuts the connections of the services only.
    const transport = kafkaTransport({ url: kafka.url });
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [new URL(kafka.url).host] });
    const signal = () => AbortSignal.timeout(30_000);
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), signal());
    return {
      transport: () => kafkaTransport({ url: kafka.proxiedUrl }),
      store: () => redisStore({ url: redis.url, acceptEmpty: true }),
      declare: (topology) => transport.assertTopology(topology, signal()),
      deleteChannel: (topic) => admin.deleteTopics({ topics: [topic] }),
      cut: async () => {
        // What was read ahead keeps handlers busy while the connections are not yet back from the last cut.
        await expect.poll(() => kafka.proxy.connections, { timeout: 30_000 }).toBeGreaterThan(0);
        return kafka.proxy.reset();
      },
      close: async () => {
        await transport.close();
        await admin.close();
      },
    };
  }
});
