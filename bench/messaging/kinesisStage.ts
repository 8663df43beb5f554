import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { createClient } from 'redis';
import { type KinesisTopology, kinesisAdmin } from '../../runtime/kinesis/index.ts';
import { awsConfig } from '../../test/brokers/support/aws.ts';
import type { Broker } from '../../test/brokers/support/broker.ts';
import { kinesisClient, startKinesis } from '../../test/brokers/support/kinesis.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { credentialsFor } from './credentials.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { Workspace } from './workspace.ts';

const stream = 'records';
/** Where the consumer keeps how far it is, by shard. */
const leases = 'loom:kinesis:leases:kinesis-once.kinesisOnce';

/** An emulator of Kinesis with the streams of the workspace, and Redis for claims and leases. */
export async function openKinesis(workspace: Workspace): Promise<{ on(): Stage; dispose(): Promise<void> }> {
  const [kinesis, redis] = await Promise.all([startKinesis(), startRedis()]);
  const topology = JSON.parse(workspace.read('brokers/shards/streams.json')) as KinesisTopology;
  const admin = kinesisAdmin({ ...awsConfig(kinesis.url), emulator: true }, topology);
  await admin.apply();
  await admin.close();
  const client = kinesisClient(kinesis.url);
  const stage = new KinesisStage(workspace, kinesis.url, client, redis);
  const dispose = async () => {
    client.destroy();
    await Promise.all([kinesis.dispose(), redis.dispose()]);
  };
  return { on: () => stage, dispose };
}

class KinesisStage implements Stage {
  readonly env;
  readonly #workspace: Workspace;
  readonly #client: KinesisClient;
  readonly #redis: Broker;
  /** Records in the stream when the last program began: none can be removed. */
  #before = 0;
  /** Records that were written to be read. */
  #loaded = 0;

  constructor(workspace: Workspace, url: string, client: KinesisClient, redis: Broker) {
    this.env = {
      ...credentialsFor(url, ['SHARDS', 'AWS']),
      STORE_URL: redis.url,
      STORE_ACCEPT_EMPTY: 'true',
    };
    this.#workspace = workspace;
    this.#client = client;
    this.#redis = redis;
  }

  async empty(): Promise<void> {
    this.#before = await this.#count();
  }

  /** What programs have sent before is read along. */
  async fill(messages: number): Promise<void> {
    await flush(this.#redis);
    await this.empty();
    this.#loaded = this.#before;
    if (this.#before >= messages) return;
    const loader = this.#workspace.program('kinesis-send');
    const missing = messages - this.#before;
    await run({ ...loader, warmUp: 1, messages: missing, inFlight: 256 }, this.env);
    this.#loaded += missing + 1;
  }

  async assertSent(messages: number): Promise<void> {
    const count = (await this.#count()) - this.#before;
    if (count !== messages) throw new Error(`${count} of ${messages} records are in the stream.`);
  }

  async assertSettled(messages: number): Promise<void> {
    const settled = this.#loaded - (await this.#count(await this.#checkpoints()));
    if (settled < messages) throw new Error(`${settled} of ${messages} records are settled.`);
  }

  async #checkpoints(): Promise<ReadonlyMap<string, string>> {
    const client = await createClient({ url: this.#redis.url }).connect();
    const rows = Object.entries(await client.hGetAll(leases));
    client.destroy();
    return new Map(
      rows.flatMap(([name, row]) => {
        const { c } = JSON.parse(row) as { c?: string };
        return c && name.startsWith(`${stream}@`) ? [[name.split('/')[1] ?? '', c] as const] : [];
      }),
    );
  }

  /** Records of all shards, behind these places. */
  async #count(places: ReadonlyMap<string, string> = new Map()): Promise<number> {
    const { Shards = [] } = await this.#client.send(new ListShardsCommand({ StreamName: stream }));
    const counts = Shards.map(({ ShardId = '' }) => this.#countShard(ShardId, places.get(ShardId)));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  async #countShard(ShardId: string, after: string | undefined): Promise<number> {
    const place =
      after === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: after } as const);
    let { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({ StreamName: stream, ShardId, ...place }),
    );
    for (let count = 0; ; ) {
      const page = await this.#client.send(new GetRecordsCommand({ ShardIterator }));
      const { length } = page.Records ?? [];
      if (length === 0) return count;
      count += length;
      ShardIterator = page.NextShardIterator;
    }
  }
}
