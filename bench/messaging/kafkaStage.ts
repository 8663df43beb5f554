import { join } from 'node:path';
import { Admin, ListOffsetTimestamps, type ListOffsetTimestampValue } from '@platformatic/kafka';
import type { Broker } from '../../test/brokers/support/broker.ts';
import { startKafka } from '../../test/brokers/support/kafka.ts';
import { startRedis } from '../../test/brokers/support/redis.ts';
import { run } from './program.ts';
import { flush, type Stage } from './stage.ts';
import type { Workspace } from './workspace.ts';

const topic = 'events';
/** Kafka's own: a slow machine must not throw members out. */
const conf = ['group.consumer.session.timeout.ms=45000', 'group.consumer.heartbeat.interval.ms=5000'];
const loader = join(import.meta.dirname, '..', 'baselines', 'kafka', 'produce.ts');

interface TopicOfWorkspace {
  readonly name: string;
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

/** Kafka with the topics of the workspace, and Redis. */
export async function openKafka(workspace: Workspace): Promise<{ on(): Stage; dispose(): Promise<void> }> {
  const [kafka, redis] = await Promise.all([startKafka({ conf }), startRedis()]);
  const { host } = new URL(kafka.url);
  const admin = new Admin({ clientId: 'bench', bootstrapBrokers: [host] });
  const { topics } = JSON.parse(workspace.read('brokers/log/topics.json')) as {
    topics: readonly TopicOfWorkspace[];
  };
  for (const { name, partitions, configs } of topics)
    await admin.createTopics({
      topics: [name],
      partitions,
      replicas: 1,
      configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    });
  const { partitions = 1 } = topics.find(({ name }) => name === topic) ?? {};
  const stage = new KafkaStage(admin, kafka, redis, partitions);
  const dispose = async () => {
    await admin.close();
    await Promise.all([kafka.dispose(), redis.dispose()]);
  };
  return { on: () => stage, dispose };
}

class KafkaStage implements Stage {
  readonly env;
  readonly #admin: Admin;
  readonly #redis: Broker;
  readonly #partitions: number;
  /** Records that the loader has written since the topic was emptied. */
  #loaded = 0;

  constructor(admin: Admin, kafka: Broker, redis: Broker, partitions: number) {
    this.env = { LOG_URL: kafka.url, STORE_URL: redis.url, STORE_ACCEPT_EMPTY: 'true' };
    this.#admin = admin;
    this.#redis = redis;
    this.#partitions = partitions;
  }

  async empty(): Promise<void> {
    this.#loaded = 0;
    const ends = await this.#offsets(ListOffsetTimestamps.LATEST);
    const partitions = ends.map((offset, partition) => ({ partition, offset }));
    await this.#admin.deleteRecords({ topics: [{ name: topic, partitions }] });
  }

  /** Each group reads the records anew, so they are written once for programs that read as many. */
  async fill(messages: number): Promise<void> {
    const groups = await this.#groups();
    if (groups.length > 0) await this.#admin.deleteGroups({ groups });
    await flush(this.#redis);
    if (this.#loaded >= messages) return;
    await this.empty();
    await run({ file: loader, warmUp: 1, messages: messages - 1, inFlight: 1_000 }, this.env);
    this.#loaded = messages;
  }

  async assertSent(messages: number): Promise<void> {
    const sum = await this.#records();
    if (sum !== messages) throw new Error(`${sum} of ${messages} records are in the topic.`);
  }

  async assertSettled(messages: number): Promise<void> {
    const groups = await this.#groups();
    const starts = await this.#offsets(ListOffsetTimestamps.EARLIEST);
    const offsets = await this.#admin.listConsumerGroupOffsets({ groups });
    let settled = 0;
    for (const { name, partitions } of offsets.flatMap(({ topics }) => topics)) {
      if (name !== topic) continue;
      for (const { partitionIndex, committedOffset } of partitions)
        if (committedOffset >= 0n) settled += Number(committedOffset - (starts[partitionIndex] ?? 0n));
    }
    if (settled < messages) throw new Error(`${settled} of ${messages} records are committed.`);
  }

  async #groups(): Promise<string[]> {
    return [...(await this.#admin.listGroups({ types: ['classic', 'consumer'] })).keys()];
  }

  async #records(): Promise<number> {
    const starts = await this.#offsets(ListOffsetTimestamps.EARLIEST);
    const ends = await this.#offsets(ListOffsetTimestamps.LATEST);
    return ends.reduce((sum, end, partition) => sum + Number(end - (starts[partition] ?? 0n)), 0);
  }

  /** By partition. */
  async #offsets(timestamp: ListOffsetTimestampValue): Promise<bigint[]> {
    const partitions = Array.from({ length: this.#partitions }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp,
    }));
    const listed = await this.#admin.listOffsets({ topics: [{ name: topic, partitions }] });
    const offsets: bigint[] = [];
    for (const { partitionIndex, offset } of listed.flatMap((of) => of.partitions))
      offsets[partitionIndex] = offset;
    return offsets;
  }
}
