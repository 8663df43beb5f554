import { afterAll, beforeAll } from 'vitest';
import type { LogTopology, QueueDeclaration, Topology } from '../../../runtime/index.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { conformance, type Harness } from '../../runtime/conformance/index.ts';
import { queues } from '../../runtime/support/channels.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('real brokers', { brokers: ['rabbitmq', 'redis'] }, () => {
  let rabbit: Rabbit;
  let redis: Broker;
  let proxy: FaultProxy;

  beforeAll(async () => {
    [rabbit, redis] = await Promise.all([startRabbit(), startRedis()]);
    proxy = await FaultProxy.start(rabbit.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all([rabbit?.dispose(), redis?.dispose()]);
  });

  for (const type of ['classic', 'quorum']) {
    conformance(`RabbitMQ with Redis, ${type} queues`, queues, () => harness(type));
  }

  async function harness(type: string): Promise<Harness> {
    // Declarations go round the proxy, which cuts the connections of the services only.
    const admin = rabbitmq({ url: rabbit.url });
    const signal = () => AbortSignal.timeout(30_000);
    await admin.start({ exchanges: [], queues: [] }, new MemoryLog(), signal());
    return {
      transport: () => rabbitmq({ url: proxy.via(rabbit.url) }),
      // Records of its own for each run of the suite, which uses the same event ids.
      store: () => redisStore({ url: redis.url, prefix: type, acceptEmpty: true }),
      declare: (topology) => admin.assertTopology(ofType(type, topology), signal()),
      deleteChannel: async (queue) => {
        await rabbit.ctl('delete_queue', queue);
      },
      cut: async () => proxy.reset(),
      close: () => admin.close(),
    };
  }
});

function ofType(type: string, topology: Topology | LogTopology): Topology | LogTopology {
  if ('topics' in topology) return topology;
  const typed = (queue: QueueDeclaration) => ({
    ...queue,
    arguments: { ...queue.arguments, 'x-queue-type': type },
  });
  return { ...topology, queues: topology.queues.map(typed) };
}
