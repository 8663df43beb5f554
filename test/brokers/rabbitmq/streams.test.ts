import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  type ConsumerDefinition,
  defineConsumer,
  listDeadLetters,
  NonRetryableError,
  type RunningService,
  replayDeadLetters,
  startService,
  type Transport,
} from '../../../runtime/index.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { type RedisStore, redisStore } from '../../../runtime/stores/redis.ts';
import {
  Journal,
  MemoryLog,
  type OrderContext,
  type OrderPlaced,
  type OrderProducers,
  orderPlaced,
  retryPolicy,
} from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('streams of a real RabbitMQ', { brokers: ['rabbitmq', 'redis'] }, () => {
  let rabbit: Rabbit;
  let redis: Broker;
  let proxy: FaultProxy;
  let admin: Transport;

  beforeAll(async () => {
    [rabbit, redis] = await Promise.all([startRabbit(), startRedis()]);
    proxy = await FaultProxy.start(rabbit.url);
    admin = rabbitmq({ url: rabbit.url });
    await admin.start({ exchanges: [], queues: [] }, new MemoryLog(), AbortSignal.timeout(30_000));
  });
  afterAll(async () => {
    await admin?.close();
    await proxy?.stop();
    await Promise.all([rabbit?.dispose(), redis?.dispose()]);
  });

  const store = (): RedisStore => redisStore({ url: redis.url, acceptEmpty: true });

  /** A stream with the queues of one consumer: its own, a delay queue and a dead-letter queue. */
  async function freshStream(): Promise<string> {
    const stream = `s-${randomUUID().slice(0, 8)}`;
    const own = `${stream}.own`;
    const durable = { durable: true } as const;
    await admin.assertTopology({
      exchanges: [],
      queues: [
        { name: stream, ...durable, arguments: { 'x-queue-type': 'stream', 'x-max-age': '1D' } },
        { name: own, ...durable },
        { name: `${own}.dlq`, ...durable },
        ...[20, 60].map((ttl) => ({
          name: `${own}.retry.${ttl}ms`,
          ...durable,
          arguments: {
            'x-message-ttl': ttl,
            'x-dead-letter-exchange': '',
            'x-dead-letter-routing-key': own,
          },
        })),
      ],
      bindings: [],
    });
    return stream;
  }

  let count = 0;
  async function publish(stream: string, numbers: readonly number[]): Promise<void> {
    await Promise.all(
      numbers.map((n) =>
        admin.publish(
          { queue: stream },
          {
            body: Buffer.from(JSON.stringify({ id: `o-${n}`, n })),
            headers: {
              'loom-event-id': `${stream}-${n}-${count++}`,
              'loom-event-type': 'order.placed',
              'loom-event-time': '2026-01-01T00:00:00Z',
            },
            properties: { persistent: true, messageId: `${stream}-${n}` },
          },
          AbortSignal.timeout(30_000),
        ),
      ),
    );
  }

  type Handle = (n: number, context: OrderContext) => Promise<void> | void;
  type Overrides = Partial<ConsumerDefinition<OrderPlaced, OrderProducers>> & { startFrom?: 'latest' };

  /** Runs a consumer of the stream on connections that the proxy can cut. */
  async function read(stream: string, handle: Handle, overrides: Overrides = {}) {
    const { startFrom, ...settings } = overrides;
    const own = `${stream}.own`;
    const log = new MemoryLog();
    const consumer = defineConsumer<OrderPlaced, OrderProducers>({
      broker: 'b',
      queue: own,
      source: { stream, group: 'svc.read', ...(startFrom === undefined ? {} : { startFrom }) },
      messages: [orderPlaced],
      handler: ({ data }, context) => handle(data.n, context),
      retry: retryPolicy(own),
      deadLetter: { queue: `${own}.dlq` },
      idempotency: { leaseMs: 5_000 },
      concurrency: 4,
      prefetch: 20,
      ...settings,
    } as ConsumerDefinition<OrderPlaced, OrderProducers>);
    const service: RunningService = await startService(
      { name: 'svc', producers: {}, consumers: { read: consumer } },
      {
        transports: { b: rabbitmq({ url: proxy.via(rabbit.url) }) },
        store: store(),
        log,
        graceMs: 2_000,
      },
    );
    onTestFinished(async () => void (await service.stop()));
    return { service, log };
  }

  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const offsetOf = async (stream: string): Promise<bigint | undefined> => {
    const it = store();
    await it.open(AbortSignal.timeout(10_000));
    return it.loadOffset('svc.read', stream).finally(() => it.close());
  };

  test('are read from the first record, and after a stop from where the reader was', async () => {
    const stream = await freshStream();
    await publish(stream, range(0, 50));
    const first = new Journal<number>();
    const before = await read(stream, (n) => first.add(n), { idempotency: false });
    await first.reaches(50);
    expect(await before.service.stop()).toBe(true);
    expect([...first.entries].sort((a, b) => a - b)).toEqual(range(0, 50));
    expect(await offsetOf(stream)).toBe(50n);

    await publish(stream, range(50, 60));
    const second = new Journal<number>();
    await read(stream, (n) => second.add(n), { idempotency: false });
    await second.reaches(10);
    expect([...second.entries].sort((a, b) => a - b)).toEqual(range(50, 60));
  });

  test('are read from now on where the design says latest', async () => {
    const stream = await freshStream();
    await publish(stream, range(0, 10));
    const seen = new Journal<number>();
    const { service } = await read(stream, (n) => seen.add(n), { startFrom: 'latest' });
    await publish(stream, range(10, 20));
    await seen.reaches(10);
    await service.stop();
    expect([...seen.entries].sort((a, b) => a - b)).toEqual(range(10, 20));
  });

  test('are read again from the first record that was not settled, and no event is handled twice', async () => {
    const stream = await freshStream();
    await publish(stream, range(0, 40));
    const handled = new Journal<number>();
    const stuck = new Journal<number>();
    const before = await read(stream, (n, { signal }) => {
      if (n !== 7) return handled.add(n);
      stuck.add(n);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    // The prefetch of 20 lets the others pass the one that hangs.
    await handled.reaches(19);
    await stuck.reaches(1);
    expect(await before.service.stop()).toBe(false);
    expect(await offsetOf(stream)).toBe(7n);

    const after = new Journal<number>();
    await read(stream, (n) => after.add(n));
    await after.reaches(40 - handled.entries.length);
    expect([...handled.entries, ...after.entries].sort((a, b) => a - b)).toEqual(range(0, 40));
    await expect.poll(() => offsetOf(stream)).toBe(40n);
  });

  test('go on after connections are cut, with nothing lost or handled twice', async () => {
    const stream = await freshStream();
    const handled = new Journal<number>();
    await read(stream, (n) => handled.add(n));
    for (const part of range(0, 5)) {
      await publish(stream, range(part * 200, part * 200 + 200));
      await handled.reaches(part * 200 + 60);
      proxy.reset();
    }
    await handled.reaches(1_000);
    await expect.poll(() => offsetOf(stream)).toBe(1_000n);
    expect([...handled.entries].sort((a, b) => a - b)).toEqual(range(0, 1_000));
  });

  test('retry and dead-letter by way of the queue of their consumer, where a replay goes as well', async () => {
    const stream = await freshStream();
    await publish(stream, range(0, 10));
    const handled = new Journal<number>();
    const attempts = new Journal<number>();
    let isFixed = false;
    await read(stream, (n, { attempt }) => {
      if (n === 3 && attempt < 3) throw new Error('later');
      if (n === 5 && !isFixed) throw new NonRetryableError('never');
      if (n === 3) attempts.add(attempt);
      handled.add(n);
    });
    await handled.reaches(9);
    expect(attempts.entries).toEqual([3]);
    const dlq = `${stream}.own.dlq`;
    await expect.poll(async () => (await listDeadLetters(admin, dlq)).length).toBe(1);
    const [letter] = await listDeadLetters(admin, dlq);
    expect(letter).toMatchObject({ reason: 'non-retryable', queue: `${stream}.own`, consumer: 'svc.read' });
    expect(letter?.message.headers).toMatchObject({
      'loom-original-topic': stream,
      'loom-original-offset': expect.stringMatching(/^\d$/),
    });
    expect(letter?.message.headers).not.toHaveProperty('x-stream-offset');
    isFixed = true;
    await replayDeadLetters(admin, dlq, {}, AbortSignal.timeout(30_000));
    await handled.reaches(10);
    expect([...handled.entries].sort((a, b) => a - b)).toEqual(range(0, 10));
  });

  test('are not read anew when the store has lost where the reader was', async () => {
    const empty = redisStore({ url: redis.url, prefix: freshPrefix() });
    await expect(empty.open(AbortSignal.timeout(10_000))).rejects.toThrow(/has no .*:sentinel/);
    await expect(empty.loadOffset('svc.read', 's')).rejects.toThrow(/has lost its records/);
    await expect(empty.saveOffset('svc.read', 's', 1n)).rejects.toThrow(/has lost its records/);
    await empty.close();
  });

  test('have offsets that only rise, compared as numbers', async () => {
    const it = redisStore({ url: redis.url, prefix: freshPrefix(), acceptEmpty: true });
    await it.open(AbortSignal.timeout(10_000));
    expect(await it.loadOffset('g', 's')).toBeUndefined();
    for (const next of [9n, 10n, 2n, 2n ** 60n + 1n, 2n ** 60n]) await it.saveOffset('g', 's', next);
    expect(await it.loadOffset('g', 's')).toBe(2n ** 60n + 1n);
    expect(await it.loadOffset('g', 's2')).toBeUndefined();
    await it.close();
  });

  const freshPrefix = () => randomUUID().slice(0, 8);
});
