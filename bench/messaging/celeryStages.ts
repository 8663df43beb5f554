import { join } from 'node:path';
import { connect } from 'amqplib';
import { createClient } from 'redis';
import { celeryRabbitmq } from '../../runtime/celery/rabbitmq/index.ts';
import type { Topology } from '../../runtime/core/types.ts';
import { startRabbit } from '../../test/brokers/support/rabbit.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { ServiceId, Workspace } from './workspace.ts';

const vhost = 'bench';

interface Opened {
  on(): Stage;
  dispose(): Promise<void>;
}

/** Two Redises: one carries the tasks, the other has the claims. */
export async function openCeleryRedis(workspace: Workspace): Promise<Opened> {
  const [redis, store] = await Promise.all([startRedis(), startRedis()]);
  const client = await createClient({ url: redis.url }).connect();
  const stage = stageOf(workspace, 'lists-send', {
    env: { STREAMS_URL: redis.url, STORE_URL: store.url, STORE_ACCEPT_EMPTY: 'true' },
    // What a worker has taken and not acknowledged counts.
    count: async () => (await client.lLen('thumbnails')) + (await client.hLen('loom:lists-once:unacked')),
    empty: async () => {
      await client.flushAll();
    },
    forget: () => flush(store),
  });
  const dispose = async () => {
    client.destroy();
    await Promise.all([redis.dispose(), store.dispose()]);
  };
  return { on: () => stage, dispose };
}

/** RabbitMQ with the queues of the workspace, and Redis for the claims. */
export async function openCeleryRabbit(workspace: Workspace): Promise<Opened> {
  const [rabbit, store] = await Promise.all([startRabbit(), startRedis()]);
  await rabbit.loadDefinitions(join(workspace.folder, 'brokers/rabbit/definitions.json'));
  await rabbit.ctl('set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*');
  const url = `${rabbit.url}/${vhost}`;
  const tool = celeryRabbitmq({ url });
  await tool.assertTopology(JSON.parse(workspace.read('brokers/tasks/queues.json')) as Topology);
  await tool.close();
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const stage = stageOf(workspace, 'tasks-send', {
    env: { RABBIT_URL: url, STORE_URL: store.url, STORE_ACCEPT_EMPTY: 'true' },
    count: async () => (await channel.checkQueue('reports')).messageCount,
    empty: async () => {
      await channel.purgeQueue('reports');
    },
    forget: () => flush(store),
  });
  const dispose = async () => {
    await connection.close();
    await Promise.all([rabbit.dispose(), store.dispose()]);
  };
  return { on: () => stage, dispose };
}

interface Carrier extends Pick<Stage, 'env' | 'empty'> {
  /** Tasks that are not acknowledged. */
  count(): Promise<number>;
  /** Empties the store. */
  forget(): Promise<void>;
}

function stageOf(workspace: Workspace, sender: ServiceId, { env, count, empty, forget }: Carrier): Stage {
  const assertSent = async (messages: number): Promise<void> => {
    const left = await count();
    if (left !== messages) throw new Error(`${left} of ${messages} tasks are in the queue.`);
  };
  return {
    env,
    empty,
    fill: async (messages) => {
      await empty();
      await forget();
      const loader = workspace.program(sender);
      await run({ ...loader, warmUp: 1, messages: messages - 1, inFlight: 256 }, env);
    },
    assertSent,
    assertSettled: () => assertSent(0),
  };
}
