import { pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Admin,
  alterUserScramCredentialsV0,
  ConfigResourceTypes,
  Consumer,
  IncrementalAlterConfigOperationTypes,
  ListOffsetTimestamps,
  Producer,
} from '@platformatic/kafka';
import { startGeneratedKafka } from '../../brokers/support/generatedKafka.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import type { Workspace } from '../workspace.ts';
import { unreadableBody } from './poison.ts';
import type { Side } from './probe.ts';

const TOPIC = 'orders';
const GROUPS = { 'take-payment': 'payment.take-payment', 'send-email': 'email.send-email' } as const;
/** RFC 5802; the broker asks for no fewer iterations. */
const SCRAM_SHA_512 = 2;
const SCRAM_ITERATIONS = 4096;
const DEAD = ['take-payment.dlq', 'send-email.dlq'];

/** A member that was killed is noticed within seconds instead of 45. */
export const SHORT_SESSIONS = [
  'group.consumer.min.session.timeout.ms=6000',
  'group.consumer.session.timeout.ms=6000',
  'group.consumer.min.heartbeat.interval.ms=500',
  'group.consumer.heartbeat.interval.ms=500',
];

/** A Kafka set up by the files that the compose file hands to its container, and by the workspace's topology tool. */
export async function kafkaSide(workspace: Workspace): Promise<Side> {
  const read = (path: string): string => readFileSync(join(workspace.dir, path), 'utf8');
  const kafka = await startGeneratedKafka(
    read('brokers/events/server.properties'),
    read('secrets/events/operator.scram'),
    { proxied: true, conf: SHORT_SESSIONS },
  );
  const { proxy } = kafka;
  if (!proxy) throw new Error('the broker is reached through a proxy');
  const { topics } = JSON.parse(read('brokers/events/topics.json')) as { topics: { name: string }[] };
  const names = topics.map(({ name }) => name);
  /** What a group reads: the topic, its replays and its retries. */
  const reads = new Map(
    Object.values(GROUPS).map((group) => [
      group,
      [TOPIC, ...names.filter((name) => name.startsWith(`${group}.retry`))],
    ]),
  );
  const cluster = new Cluster(kafka.url, reads);
  const topology = async (): Promise<void> => {
    await workspace.script({ EVENTS_URL: kafka.outsideUrl }, 'topology', 'apply');
  };
  await topology();
  /** Where the dead letters of this run begin. */
  let begin = await cluster.ends(DEAD);
  return {
    name: 'kafka',
    prefetch: 256,
    ordered: ['send-email'],
    broker: kafka,
    proxy,
    env: { EVENTS_URL: `kafka://127.0.0.1:${proxy.port}` },
    sendInvalid: (history, count) => cluster.sendInvalid(history, count),
    drained: (within) => cluster.drained(Object.fromEntries(reads), within),
    readDeadLetters: (history) => cluster.readDeadLetters(history, begin),
    clear: async () => {
      begin = await cluster.ends(DEAD);
      await cluster.skipAll();
    },
    dropDeadLetters: async () => {
      await cluster.admin.deleteTopics({ topics: ['take-payment.dlq'] });
      for (const key of begin.keys()) if (key.startsWith('take-payment.dlq/')) begin.set(key, 0n);
    },
    restoreTopology: topology,
    dropSource: () => cluster.admin.deleteTopics({ topics: [TOPIC] }),
    // Nothing is acknowledged here: what is limited is the time without a heartbeat, and it always is.
    limitAcks: async () => {},
    // A broker whose disk is full ends, which is another fault. It refuses records when replicas are missing.
    alarm: (on) => cluster.requireReplicas(on ? 2 : 1),
    revoke: async (revoked) => {
      await cluster.setPasswords(
        ['order', 'payment', 'email'].map((service) => {
          const { username, password } = workspace.secretOf(service, 'EVENTS');
          return { username, password: revoked ? randomUUID() : password };
        }),
      );
      // A connection lives on with the password that it was opened with.
      if (revoked) proxy.reset();
    },
    dispose: async () => {
      await cluster.close();
      await kafka.dispose();
    },
  };
}

/** Waits until groups have finished with everything in a topic. */
export async function groupsDrained(
  url: string,
  topic: string,
  groups: readonly string[],
  within: number,
): Promise<void> {
  const reads = new Map(groups.map((group) => [group, [topic]]));
  const cluster = new Cluster(url, reads);
  await cluster.drained(Object.fromEntries(reads), within);
  await cluster.close();
}

/** The cluster as its operator sees it, over the listener that needs no password. */
class Cluster {
  readonly #connection: { clientId: string; bootstrapBrokers: string[] };
  readonly #reads: ReadonlyMap<string, readonly string[]>;
  readonly admin: Admin;

  /** @param reads topics by group */
  constructor(url: string, reads: ReadonlyMap<string, readonly string[]>) {
    this.#reads = reads;
    this.#connection = { clientId: 'faults', bootstrapBrokers: [new URL(url).host] };
    this.admin = new Admin(this.#connection);
  }

  /** The end of every partition of some topics, by `topic/partition`. */
  async ends(topics: readonly string[]): Promise<Map<string, bigint>> {
    const metadata = await this.admin.metadata({ topics: [...topics] });
    const asked = [...metadata.topics].map(([name, { partitionsCount }]) => ({
      name,
      partitions: Array.from({ length: partitionsCount }, (_, partitionIndex) => ({
        partitionIndex,
        timestamp: ListOffsetTimestamps.LATEST,
      })),
    }));
    const listed = await this.admin.listOffsets({ topics: asked });
    return new Map(
      listed.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, offset }): [string, bigint] => [
          `${name}/${partitionIndex}`,
          offset,
        ]),
      ),
    );
  }

  /** Records of some topics that a group has not finished with. */
  async lag(group: string, topics: readonly string[]): Promise<number> {
    const ends = await this.ends(topics);
    const [listed] = await this.admin.listConsumerGroupOffsets({ groups: [group] });
    const committed = new Map<string, bigint>(
      listed?.topics.flatMap(({ name, partitions }) =>
        partitions.map((each): [string, bigint] => [`${name}/${each.partitionIndex}`, each.committedOffset]),
      ),
    );
    return [...ends].reduce((sum, [key, end]) => sum + Number(end - (committed.get(key) ?? 0n)), 0);
  }

  async drained(groups: Readonly<Record<string, readonly string[]>>, within: number): Promise<void> {
    const end = Date.now() + within;
    for (let empty = 0; empty < 3; await pause(500)) {
      const lags = await Promise.all(
        // A broker that is coming back does not answer yet.
        Object.entries(groups).map(([group, topics]) => this.lag(group, topics).catch(() => 1)),
      );
      empty = lags.every((lag) => lag === 0) ? empty + 1 : 0;
      if (Date.now() > end) throw new Error(`not drained: ${lags.join(' and ')} records behind`);
    }
  }

  /** Moves the groups behind everything there is, where a run that failed has left something. */
  async skipAll(): Promise<void> {
    for (const [group, names] of this.#reads) {
      if ((await this.lag(group, names)) === 0) continue;
      const ends = [...(await this.ends(names))];
      await this.admin.alterConsumerGroupOffsets({
        groupId: group,
        topics: names.map((name) => ({
          name,
          partitionOffsets: ends.flatMap(([key, offset]) =>
            key.startsWith(`${name}/`) ? [{ partition: Number(key.slice(name.length + 1)), offset }] : [],
          ),
        })),
      });
    }
  }

  async sendInvalid(history: HistoryWriter, count: number): Promise<void> {
    const producer = new Producer({ ...this.#connection, acks: -1 });
    const invalid: Expectation = { reason: 'invalid', attempts: 1 };
    const expect = Object.fromEntries(Object.keys(GROUPS).map((consumer) => [consumer, invalid]));
    for (let n = 0; n < count; n++) {
      const id = randomUUID();
      const body = unreadableBody(n);
      const headers = { tenant: 'broken' };
      history.append({ type: 'send', id, expect, body: digest(body), headers });
      const all = {
        ...headers,
        'loom-event-id': id,
        'loom-event-type': 'order.created',
        'loom-schema-version': '1',
      };
      await producer.send({
        messages: [
          {
            topic: TOPIC,
            key: Buffer.from(id),
            value: Buffer.from(body),
            headers: new Map(
              Object.entries(all).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]),
            ),
          },
        ],
      });
      history.append({ type: 'confirm', id });
    }
    await producer.close();
  }

  /** Reads the dead-letter topics from `begin` to their ends. Records that the tools have settled do not occur here. */
  async readDeadLetters(history: HistoryWriter, begin: ReadonlyMap<string, bigint>): Promise<void> {
    const ends = await this.ends(DEAD);
    const first = (key: string): bigint => begin.get(key) ?? 0n;
    let left = [...ends].reduce((sum, [key, end]) => sum + Number(end - first(key)), 0);
    if (left === 0) return;
    const consumer = new Consumer({ ...this.#connection, groupId: `faults-${randomUUID()}` });
    const stream = await consumer.consume({
      topics: DEAD,
      mode: 'earliest',
      autocommit: false,
      maxWaitTime: 100,
    });
    for await (const { topic, partition, offset, headers, value } of stream) {
      if (offset < first(`${topic}/${partition}`)) continue;
      const text = new Map([...headers].map(([name, content]) => [String(name), String(content)]));
      const header = (name: string): string => text.get(name) ?? '';
      history.append({
        type: 'dlq',
        id: header('loom-event-id'),
        consumer: header('loom-dlq-consumer').split('.').at(-1) ?? '',
        dlqId: header('loom-dlq-id'),
        reason: header('loom-dlq-reason'),
        attempts: Number(header('loom-attempts')),
        body: digest(value ?? ''),
        headers: { tenant: header('tenant') },
      });
      left--;
      if (left === 0) break;
    }
    await consumer.close(true);
  }

  /** How many replicas must have a record before it is confirmed; there is one broker. */
  async requireReplicas(count: number): Promise<void> {
    await this.admin.incrementalAlterConfigs({
      resources: [
        {
          resourceType: ConfigResourceTypes.TOPIC,
          resourceName: TOPIC,
          configs: [
            {
              name: 'min.insync.replicas',
              configOperation: IncrementalAlterConfigOperationTypes.SET,
              value: String(count),
            },
          ],
        },
      ],
    });
  }

  async setPasswords(users: readonly { username: string; password: string }[]): Promise<void> {
    const [connection] = (await this.admin.connectToBrokers()).values();
    if (!connection) throw new Error('the cluster has a broker');
    const upsertions = users.map(({ username, password }) => {
      const salt = randomBytes(16);
      const saltedPassword = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 64, 'sha512');
      return { name: username, mechanism: SCRAM_SHA_512, iterations: SCRAM_ITERATIONS, salt, saltedPassword };
    });
    await alterUserScramCredentialsV0.api.async(connection, [], upsertions);
  }

  async close(): Promise<void> {
    await this.admin.close();
  }
}
