import { join } from 'node:path';
import { type Channel, connect } from 'amqplib';
import type { Broker } from '../../test/brokers/support/broker.ts';
import { startRabbit } from '../../test/brokers/support/rabbit.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { Workspace } from './workspace.ts';

const vhost = 'bench';
const baselines = join(import.meta.dirname, '..', 'baselines', 'rabbitmq');

/** RabbitMQ with the definitions of the workspace, and Redis. */
export async function openRabbit(
  workspace: Workspace,
): Promise<{ on(of: { readonly queue?: string }): Stage; dispose(): Promise<void> }> {
  const [rabbit, redis] = await Promise.all([startRabbit(), startRedis()]);
  await rabbit.loadDefinitions(join(workspace.folder, 'brokers/rabbit/definitions.json'));
  await rabbit.ctl('set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*');
  const url = `${rabbit.url}/${vhost}`;
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const dispose = async () => {
    await connection.close();
    await Promise.all([rabbit.dispose(), redis.dispose()]);
  };
  return { on: ({ queue = '' }) => new RabbitStage(url, queue, channel, redis), dispose };
}

class RabbitStage implements Stage {
  readonly env;
  readonly #queue: string;
  readonly #channel: Channel;
  readonly #redis: Broker;

  constructor(url: string, queue: string, channel: Channel, redis: Broker) {
    this.env = {
      RABBIT_URL: url,
      STORE_URL: redis.url,
      STORE_ACCEPT_EMPTY: 'true',
      BENCH_QUEUE: queue,
    };
    this.#queue = queue;
    this.#channel = channel;
    this.#redis = redis;
  }

  async empty(): Promise<void> {
    await this.#channel.purgeQueue(this.#queue);
  }

  async fill(messages: number): Promise<void> {
    await this.empty();
    await flush(this.#redis);
    const file = join(baselines, 'produce.ts');
    await run({ file, warmUp: 1, messages: messages - 1, inFlight: 1_000 }, this.env);
  }

  async assertSent(messages: number): Promise<void> {
    const { messageCount } = await this.#channel.checkQueue(this.#queue);
    if (messageCount !== messages)
      throw new Error(`${messageCount} of ${messages} messages are in the queue.`);
  }

  assertSettled(): Promise<void> {
    return this.assertSent(0);
  }
}
