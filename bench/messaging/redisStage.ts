import { join } from 'node:path';
import { createClient } from 'redis';
import { type RedisTopology, redisStreams } from '../../runtime/redis/index.ts';
import type { Broker } from '../../test/brokers/support/broker.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { Workspace } from './workspace.ts';

const stream = 'entries';
const loader = join(import.meta.dirname, '..', 'baselines', 'redis', 'produce.ts');

/** Redis with the streams of the workspace, and another one for the claims. */
export async function openRedis(workspace: Workspace): Promise<{ on(): Stage; dispose(): Promise<void> }> {
  const [redis, store] = await Promise.all([startRedis(), startRedis()]);
  const topology = JSON.parse(workspace.read('brokers/streams/streams.json')) as RedisTopology;
  const stage = new RedisStage(redis, store, topology);
  const dispose = async () => {
    await Promise.all([redis.dispose(), store.dispose()]);
  };
  return { on: () => stage, dispose };
}

class RedisStage implements Stage {
  readonly env;
  readonly #redis: Broker;
  readonly #store: Broker;
  readonly #topology: RedisTopology;

  constructor(redis: Broker, store: Broker, topology: RedisTopology) {
    this.env = { STREAMS_URL: redis.url, STORE_URL: store.url, STORE_ACCEPT_EMPTY: 'true' };
    this.#redis = redis;
    this.#store = store;
    this.#topology = topology;
  }

  async empty(): Promise<void> {
    await flush(this.#redis);
    const transport = redisStreams({ url: this.#redis.url });
    await transport.assertTopology(this.#topology);
    await transport.close();
    for (const group of ['raw', 'one']) await this.#command('XGROUP', 'CREATE', stream, group, '0');
  }

  async fill(messages: number): Promise<void> {
    await flush(this.#store);
    await this.empty();
    await run({ file: loader, warmUp: 1, messages: messages - 1, inFlight: 1_000 }, this.env);
  }

  async assertSent(messages: number): Promise<void> {
    const sum = await this.#command('XLEN', stream);
    if (sum !== messages) throw new Error(`${sum} of ${messages} entries are in the stream.`);
  }

  /** Some group has read everything and has nothing left to acknowledge. */
  async assertSettled(messages: number): Promise<void> {
    const groups = (await this.#command('XINFO', 'GROUPS', stream)) as (string | number)[][];
    const settled = groups.map((group) => {
      const about = new Map(group.map((name, at) => [name, group[at + 1]]));
      return Number(about.get('entries-read') ?? 0) - Number(about.get('pending'));
    });
    if (!settled.some((count) => count >= messages))
      throw new Error(`${Math.max(...settled)} of ${messages} entries are settled.`);
  }

  async #command(...args: [string, ...string[]]): Promise<unknown> {
    const client = await createClient({ url: this.#redis.url, RESP: 2 }).connect();
    try {
      return await client.sendCommand(args);
    } finally {
      client.destroy();
    }
  }
}
