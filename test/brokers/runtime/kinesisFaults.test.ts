import { randomUUID } from 'node:crypto';
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { LeaseStore } from '../../../runtime/core/partitions/leases.ts';
import type { Delivery, Transport } from '../../../runtime/index.ts';
import { kinesis } from '../../../runtime/kinesis/index.ts';
import { memoryLeases } from '../../../runtime/stores/memoryLeases.ts';
import { Journal, MemoryLog } from '../../runtime/support/scenario.ts';
import { awsConfig } from '../support/aws.ts';
import type { Broker } from '../support/broker.ts';
import { kinesisClient, startKinesis } from '../support/kinesis.ts';
import { RefusingKinesis } from '../support/refusingKinesis.ts';
import { describeWithBrokers } from '../support/require.ts';

const soon = () => AbortSignal.timeout(60_000);

describeWithBrokers('Kinesis under faults', { brokers: ['kinesis'], control: true }, () => {
  let broker: Broker;
  let client: KinesisClient;

  beforeAll(async () => {
    broker = await startKinesis();
    client = kinesisClient(broker.url);
  });
  afterAll(async () => {
    client?.destroy();
    await broker?.dispose();
  });

  async function connect(leases?: LeaseStore, endpoint = broker.url, leaseMs = 1_000): Promise<Transport> {
    const settings = { ...awsConfig(endpoint), pollMs: 10, leaseMs };
    const transport = kinesis(leases === undefined ? settings : { ...settings, leases });
    onTestFinished(() => transport.close());
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), soon());
    return transport;
  }

  async function declared(shards: number): Promise<{ readonly sender: Transport; readonly stream: string }> {
    const sender = await connect();
    const stream = `t-${randomUUID().slice(0, 8)}`;
    await sender.assertTopology({ topics: [{ name: stream, partitions: shards }] }, soon());
    return { sender, stream };
  }

  const send = (sender: Transport, topic: string, key: string, n: number): Promise<void> =>
    sender.publish({ topic, key }, message(`${key}/${n}`), soon());

  const read = (transport: Transport, topic: string, onDelivery: (delivery: Delivery) => void) =>
    transport.subscribe({ topics: [{ topic }], group: 'readers', prefetch: 100, onDelivery });

  it('sends again what a batch has refused, and nothing else; the order of a key holds', async () => {
    const { stream } = await declared(3);
    const proxy = await RefusingKinesis.start(broker.url);
    onTestFinished(() => proxy.stop());
    const sender = await connect(undefined, proxy.url);
    // Three of ten, until enough were refused.
    proxy.refuse = (count) =>
      proxy.refused < 60 ? Array.from({ length: count }, (_, at) => at).filter((at) => at % 10 < 3) : [];
    const keys = Array.from({ length: 20 }, (_, at) => `key-${at}`);
    const sends: Promise<void>[] = [];
    for (let n = 0; n < 20; n++) for (const key of keys) sends.push(send(sender, stream, key, n));
    await Promise.all(sends);
    expect(proxy.refused).toBeGreaterThan(20);
    expect(Math.max(...proxy.requests)).toBeLessThanOrEqual(keys.length);
    const seen = new Journal<string>();
    await read(await connect(memoryLeases()), stream, (delivery) => {
      seen.add(String(delivery.message.body));
      delivery.ack();
    });
    await seen.reaches(400);
    expect(new Set(seen.entries).size).toBe(400);
    for (const key of keys) expect(ofKey(seen.entries, key)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('reads the parents before the children of a split and a merge', async () => {
    const { sender, stream } = await declared(2);
    const keys = Array.from({ length: 12 }, (_, at) => `key-${at}`);
    let n = 0;
    const sendRound = async () => {
      for (let round = 0; round < 5; round++, n++)
        await Promise.all(keys.map((key) => send(sender, stream, key, n)));
    };
    await sendRound();
    await split(stream, 'shardId-000000000000');
    await sendRound();
    const seen = new Journal<string>();
    const shards = new Set<number>();
    // Slow enough for parents and children to be there at once; two members share them.
    const leases = memoryLeases();
    for (let member = 0; member < 2; member++)
      await read(await connect(leases), stream, (delivery) => {
        if ('partition' in delivery.origin) shards.add(delivery.origin.partition);
        setTimeout(() => {
          seen.add(String(delivery.message.body));
          delivery.ack();
        }, 5);
      });
    await seen.reaches(keys.length);
    // The children of the split and the other shard: the first is merged with its sibling again.
    await merge(stream, 'shardId-000000000002', 'shardId-000000000003');
    await sendRound();
    await seen.reaches(keys.length * n);
    const first = [...new Set(seen.entries)];
    expect(first).toHaveLength(keys.length * n);
    for (const key of keys) expect(ofKey(first, key)).toEqual(Array.from({ length: n }, (_, at) => at));
    expect([...shards].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('stops when its leases run out, and cannot move what another member has taken over', async () => {
    const { sender, stream } = await declared(1);
    const shared = memoryLeases();
    const cut = new CutLeases(shared);
    const held = new Journal<Delivery>();
    await read(await connect(cut), stream, (delivery) => held.add(delivery));
    for (let n = 0; n < 5; n++) await send(sender, stream, 'k', n);
    await held.reaches(5);
    held.entries[0]?.ack();
    await expect.poll(() => cut.saved).toBe(1);
    cut.away = true;
    const taken = new Journal<string>();
    const other = await connect(shared);
    await read(other, stream, (delivery) => {
      taken.add(String(delivery.message.body));
      delivery.ack();
    });
    // From the checkpoint on, not from the start.
    expect(await taken.reaches(4)).toEqual(['k/1', 'k/2', 'k/3', 'k/4']);
    await expect.poll(() => held.entries.every(({ stale }) => stale)).toBe(true);
    for (const delivery of held.entries) delivery.ack();
    cut.away = false;
    await send(sender, stream, 'k', 5);
    await taken.reaches(5);
    expect(held.entries).toHaveLength(5);
    expect(taken.entries).toEqual(['k/1', 'k/2', 'k/3', 'k/4', 'k/5']);
  });

  it('loses nothing and keeps the order of keys while ten members join and leave', async () => {
    const { sender, stream } = await declared(6);
    const leases = memoryLeases();
    const keys = Array.from({ length: 30 }, (_, at) => `key-${at}`);
    const seen = new Journal<string>();
    const join = async () => {
      const transport = await connect(leases);
      // The library starts nothing more of a shard that another member is to have; what is at work ends.
      await read(transport, stream, async (delivery) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (delivery.stale) return;
        seen.add(String(delivery.message.body));
        delivery.ack();
      });
      return transport;
    };
    const members = await Promise.all(Array.from({ length: 10 }, join));
    const sends: Promise<void>[] = [];
    for (let round = 0; round < 10; round++) {
      for (let n = 0; n < 10; n++)
        for (const key of keys) sends.push(send(sender, stream, key, round * 10 + n));
      if (round % 2 === 0) await members.shift()?.close();
      else members.push(await join());
      await Promise.all(sends);
    }
    await expect.poll(() => new Set(seen.entries).size, { timeout: 60_000 }).toBe(3_000);
    const first = [...new Set(seen.entries)];
    for (const key of keys) expect(ofKey(first, key)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('goes on where it was after the emulator was killed and has come back', async () => {
    const { sender, stream } = await declared(2);
    const seen = new Journal<string>();
    await read(await connect(memoryLeases()), stream, (delivery) => {
      seen.add(String(delivery.message.body));
      delivery.ack();
    });
    for (let n = 0; n < 20; n++) await send(sender, stream, `k${n % 4}`, n);
    await seen.reaches(20);
    await broker.kill();
    await expect(sender.publish({ topic: stream, key: 'k' }, message('lost'), soon())).rejects.toThrow(
      /not answered|not reachable/,
    );
    await broker.start();
    for (let n = 20; n < 40; n++) await send(sender, stream, `k${n % 4}`, n);
    await seen.reaches(40);
    expect(new Set(seen.entries).size).toBe(40);
  });

  async function split(stream: string, shard: string): Promise<void> {
    const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: stream }));
    const range = Shards.find(({ ShardId }) => ShardId === shard)?.HashKeyRange;
    const middle = (BigInt(range?.StartingHashKey ?? 0) + BigInt(range?.EndingHashKey ?? 0)) / 2n;
    await client.send(
      new SplitShardCommand({ StreamName: stream, ShardToSplit: shard, NewStartingHashKey: String(middle) }),
    );
    await active(stream);
  }

  async function merge(stream: string, shard: string, adjacent: string): Promise<void> {
    await client.send(
      new MergeShardsCommand({ StreamName: stream, ShardToMerge: shard, AdjacentShardToMerge: adjacent }),
    );
    await active(stream);
  }

  const active = (stream: string) =>
    expect
      .poll(async () => {
        const { StreamDescriptionSummary: summary } = await client.send(
          new DescribeStreamSummaryCommand({ StreamName: stream }),
        );
        return summary?.StreamStatus;
      })
      .toBe('ACTIVE');
});

const message = (text: string) => ({
  body: Buffer.from(text),
  headers: {},
  properties: { messageId: text, persistent: true },
});

const ofKey = (entries: readonly string[], key: string): number[] =>
  entries.filter((entry) => entry.startsWith(`${key}/`)).map((entry) => Number(entry.split('/')[1]));

/** Leases of a member whose way to the store is cut at will. */
class CutLeases implements LeaseStore {
  away = false;
  /** Checkpoints that were taken. */
  saved = 0;
  readonly #store: LeaseStore;

  constructor(store: LeaseStore) {
    this.#store = store;
  }

  get connected(): boolean {
    return !this.away;
  }

  open: LeaseStore['open'] = (...args) => this.#store.open(...args);
  beat: LeaseStore['beat'] = (...args) => this.#reach().beat(...args);
  take: LeaseStore['take'] = (...args) => this.#reach().take(...args);
  save: LeaseStore['save'] = async (...args) => {
    const saved = await this.#reach().save(...args);
    this.saved += saved.filter(Boolean).length;
    return saved;
  };
  release: LeaseStore['release'] = async (...args) => this.#reach().release(...args);
  leave: LeaseStore['leave'] = async (...args) => this.#reach().leave(...args);
  startOf: LeaseStore['startOf'] = (...args) => this.#reach().startOf(...args);
  forget: LeaseStore['forget'] = (...args) => this.#reach().forget(...args);
  close: LeaseStore['close'] = () => this.#store.close();

  #reach(): LeaseStore {
    if (this.away) throw new Error('The store is away.');
    return this.#store;
  }
}
