import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { awsConfig } from '../../brokers/support/aws.ts';
import type { Broker } from '../../brokers/support/broker.ts';
import { kinesisClient, startKinesis } from '../../brokers/support/kinesis.ts';
import { RefusingKinesis } from '../../brokers/support/refusingKinesis.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Workspace } from '../workspace.ts';
import { unreadableBody } from './poison.ts';
import type { Side } from './probe.ts';
import { administer } from './store.ts';

const STREAM = 'orders';
const GROUPS = { 'take-payment': 'payment.take-payment', 'send-email': 'email.send-email' } as const;
const DEAD = ['take-payment.dlq', 'send-email.dlq'];
const RETRIES = Object.values(GROUPS).map((group) => `${group}.retry`);

/** An emulator of Kinesis, its streams made by the workspace's topology tool. Before it stands one that refuses records. */
export async function kinesisSide(workspace: Workspace, store: Broker): Promise<Side> {
  const broker = await startKinesis();
  const refusing = await RefusingKinesis.start(broker.url);
  const proxy = await FaultProxy.start(refusing.url);
  const account = new Account(kinesisClient(broker.url), store);
  const { region, accessKeyId, secretAccessKey } = awsConfig(broker.url);
  const settings = {
    EVENTS_REGION: region,
    EVENTS_ACCESS_KEY_ID: accessKeyId,
    EVENTS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const topology = async (): Promise<void> => {
    await workspace.script(
      { EVENTS_URL: broker.url, EVENTS_EMULATOR: 'true', ...settings },
      'topology',
      'apply',
    );
  };
  await topology();
  return {
    name: 'kinesis',
    prefetch: 256,
    ordered: ['send-email'],
    broker,
    proxy,
    // The shards of a member that was killed are free within seconds instead of ten.
    env: { EVENTS_URL: `http://127.0.0.1:${proxy.port}`, EVENTS_LEASE_MS: '3000', ...settings },
    sendInvalid: (history, count) => account.sendInvalid(history, count),
    drained: (within) => account.drained(within),
    readDeadLetters: (history) => account.readDeadLetters(history),
    clear: async () => {
      await account.remove(STREAM, ...RETRIES, ...DEAD);
      await topology();
    },
    dropDeadLetters: () => account.remove('take-payment.dlq'),
    restoreTopology: topology,
    dropSource: () => account.remove(STREAM),
    // Members speak for what they hold, for as long as they live.
    limitAcks: async () => {},
    refuseSome: (on) => {
      // Three of ten.
      refusing.refuse = (count) =>
        on
          ? Array.from({ length: count }, (_, at) => at).filter((at) => (at + refusing.refused) % 10 < 3)
          : [];
      return refusing.refused;
    },
    alarm: async () => {
      throw new Error('the emulator has no limits');
    },
    revoke: async () => {
      throw new Error('the emulator takes any access key');
    },
    dispose: async () => {
      account.close();
      await proxy.stop();
      await refusing.stop();
      await broker.dispose();
    },
  };
}

interface Shard {
  readonly stream: string;
  readonly id: string;
  /** As leases are named. */
  readonly lease: string;
}

/** The streams as their operator sees them, and how far the groups are, which is in the store. */
class Account {
  readonly #client: KinesisClient;
  readonly #store: Broker;

  constructor(client: KinesisClient, store: Broker) {
    this.#client = client;
    this.#store = store;
  }

  close(): void {
    this.#client.destroy();
  }

  /** Those that are there. */
  async remove(...streams: readonly string[]): Promise<void> {
    await Promise.all(
      streams.map((stream) =>
        this.#client.send(new DeleteStreamCommand({ StreamName: stream })).catch((error: unknown) => {
          if (!(error instanceof ResourceNotFoundException)) throw error;
        }),
      ),
    );
    // What is made anew within the same second would pass for the same stream.
    await pause(1_100);
  }

  async drained(within: number): Promise<void> {
    const end = Date.now() + within;
    let left: string[] = [];
    for (let empty = 0; empty < 3; await pause(300)) {
      // An emulator that is coming back does not answer yet.
      left = await this.#behind().catch((error: unknown) => [String(error)]);
      empty = left.length === 0 ? empty + 1 : 0;
      if (Date.now() > end) throw new Error(`not drained: ${left.join(', ')}`);
    }
  }

  async sendInvalid(history: HistoryWriter, count: number): Promise<void> {
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
      const Data = Buffer.from(JSON.stringify({ loom: 1, headers: all, body }));
      await this.#client.send(
        new PutRecordsCommand({ StreamName: STREAM, Records: [{ Data, PartitionKey: id }] }),
      );
      history.append({ type: 'confirm', id });
    }
  }

  async readDeadLetters(history: HistoryWriter): Promise<void> {
    for (const shard of (await Promise.all(DEAD.map((stream) => this.#shards(stream)))).flat()) {
      for (const record of await this.#read(shard)) {
        const { headers, body } = JSON.parse(Buffer.from(record).toString()) as {
          headers: Record<string, string>;
          body: string;
        };
        history.append({
          type: 'dlq',
          id: headers['loom-event-id'] ?? '',
          consumer: headers['loom-dlq-consumer']?.split('.').at(-1) ?? '',
          dlqId: headers['loom-dlq-id'] ?? '',
          reason: headers['loom-dlq-reason'] ?? '',
          attempts: Number(headers['loom-attempts']),
          body: digest(body),
          headers: { tenant: headers['tenant'] ?? '' },
        });
      }
    }
  }

  /** Shards of which a group has still something to settle. */
  async #behind(): Promise<string[]> {
    const left: string[] = [];
    for (const group of Object.values(GROUPS)) {
      const rows = await administer<string[]>(this.#store, 'HGETALL', `loom:kinesis:leases:${group}`);
      const checkpoints = new Map<string, string>();
      for (let at = 0; at + 1 < rows.length; at += 2)
        checkpoints.set(rows[at] ?? '', (JSON.parse(rows[at + 1] ?? '{}') as { c?: string }).c ?? '');
      for (const stream of [STREAM, `${group}.retry`])
        for (const shard of await this.#shards(stream))
          if ((await this.#read(shard, checkpoints.get(shard.lease), 1)).length > 0)
            left.push(`${group} in ${shard.lease}`);
    }
    return left;
  }

  async #shards(stream: string): Promise<Shard[]> {
    const { StreamDescriptionSummary: summary } = await this.#client.send(
      new DescribeStreamSummaryCommand({ StreamName: stream }),
    );
    const { Shards = [] } = await this.#client.send(new ListShardsCommand({ StreamName: stream }));
    const incarnation = `${stream}@${summary?.StreamCreationTimestamp?.getTime() ?? 0}`;
    return Shards.map(({ ShardId: id = '' }) => ({ stream, id, lease: `${incarnation}/${id}` }));
  }

  async #read({ stream, id }: Shard, after?: string, limit = 10_000): Promise<Uint8Array[]> {
    const place = after
      ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: after } as const)
      : ({ ShardIteratorType: 'TRIM_HORIZON' } as const);
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({ StreamName: stream, ShardId: id, ...place }),
    );
    const { Records = [] } = await this.#client.send(new GetRecordsCommand({ ShardIterator, Limit: limit }));
    return Records.map(({ Data = new Uint8Array() }) => Data);
  }
}
