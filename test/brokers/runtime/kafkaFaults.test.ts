import { Admin } from '@platformatic/kafka';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { deferred } from '../../../runtime/core/abort.ts';
import {
  type Delivery,
  defineService,
  type ProducerMap,
  type RunningService,
  SendTimeoutError,
  type ServiceDefinition,
  startService,
  type Transport,
  type WireMessage,
} from '../../../runtime/index.ts';
import { kafka as kafkaTransport } from '../../../runtime/kafka/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { freshName } from '../../runtime/conformance/world.ts';
import { topics } from '../../runtime/support/channels.ts';
import { Journal, MemoryLog, type Order, type OrderOverrides } from '../../runtime/support/scenario.ts';
import type { Broker } from '../support/broker.ts';
import { type Kafka, startKafka } from '../support/kafka.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

const poll = { timeout: 90_000 };

describeWithBrokers('Kafka transport under faults', { brokers: ['kafka', 'redis'], control: true }, () => {
  let kafka: Kafka;
  let redis: Broker;
  const log = new MemoryLog();

  beforeAll(async () => {
    [kafka, redis] = await Promise.all([startKafka(), startRedis()]);
  });
  afterAll(async () => {
    await Promise.all([kafka?.dispose(), redis?.dispose()]);
  });

  const soon = () => AbortSignal.timeout(90_000);

  async function connect(url = kafka.proxiedUrl): Promise<Transport> {
    const transport = kafkaTransport({ url });
    onTestFinished(() => transport.close());
    await transport.start({ exchanges: [], queues: [] }, log, soon());
    return transport;
  }

  async function declared(): Promise<string> {
    const name = freshName();
    const admin = kafkaTransport({ url: kafka.url });
    await admin.start({ exchanges: [], queues: [] }, log, soon());
    await admin.assertTopology(topics.work(name)).finally(() => admin.close());
    return name;
  }

  async function serve<P extends ProducerMap>(definition: ServiceDefinition<P>): Promise<RunningService<P>> {
    const service = await startService(definition, {
      transports: { b: kafkaTransport({ url: kafka.proxiedUrl }) },
      store: redisStore({ url: redis.url, acceptEmpty: true }),
      log,
      graceMs: 10_000,
    });
    onTestFinished(async () => {
      await service.stop();
    });
    return service;
  }

  function recorder(name: string, effects: Journal<Order>, overrides: OrderOverrides = {}) {
    return defineService({
      name,
      producers: topics.producer(name, true),
      consumers: { work: topics.consumer(name, ({ data }) => effects.add(data), overrides) },
    });
  }

  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  const sorted = (effects: Journal<Order>) => effects.entries.map(({ n }) => n).sort((a, b) => a - b);
  const text = (body: string): WireMessage => ({
    body: Buffer.from(body),
    headers: {},
    properties: { persistent: true },
  });

  async function bodiesOf(name: string, count: number): Promise<string[]> {
    const journal = new Journal<string>();
    const transport = await connect(kafka.url);
    await transport.subscribe({
      ...topics.all(name),
      prefetch: 1_000,
      onDelivery: ({ message }) => journal.add(Buffer.from(message.body).toString()),
    });
    return [...(await journal.reaches(count))];
  }

  it('waits for a broker that is not there yet', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    await kafka.stop();
    const starting = serve(recorder(name, effects));
    await kafka.start();
    const service = await starting;
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 });
    expect(await effects.reaches(1)).toEqual([{ id: 'o', n: 1 }]);
  });

  it.each(['kill', 'stop'] as const)(
    'loses nothing and keeps the order of keys when the broker gets a %s under load; every send settles',
    async (how) => {
      const name = await declared();
      const effects = new Journal<Order>();
      const service = await serve(recorder(name, effects, { ordering: 'per-key' }));
      const send = (n: number) =>
        service.producers.orders.send('order.placed', { id: `k-${n % 7}`, n }, { timeoutMs: 90_000 });
      const first = numbers(1_000).map(send);
      await effects.reaches(200);
      // However quick the first were, these cannot all have had their effect when the broker ends.
      const sends = [...first, ...numbers(1_000).map((n) => send(1_000 + n))];
      await kafka[how]();
      expect(effects.entries.length).toBeLessThan(2_000);
      await kafka.start();
      await Promise.all(sends);
      await effects.reaches(2_000);
      await expect.poll(() => service.inFlight, poll).toBe(0);
      expect(sorted(effects)).toEqual(numbers(2_000));
      for (let key = 0; key < 7; key++) {
        const ofKey = effects.entries.filter(({ id }) => id === `k-${key}`).map(({ n }) => n);
        expect(ofKey).toEqual(numbers(2_000).filter((n) => n % 7 === key));
      }
    },
  );

  it('writes a record once although its answer is lost', async () => {
    const name = await declared();
    const transport = await connect();
    await transport.publish(topics.to(name), text('first'), soon());
    for (let n = 0; n < 5; n++) {
      const sending = transport.publish(topics.to(name), text(`record ${n}`), soon());
      // The request is on its way when the connection breaks, or its answer is.
      kafka.proxy.conditions = { latencyMs: 60 + n * 20 };
      await expect.poll(() => kafka.proxy.connections, poll).toBeGreaterThan(0);
      setTimeout(() => kafka.proxy.reset(), 100);
      await sending;
      kafka.proxy.conditions = {};
    }
    await transport.publish(topics.to(name), text('last'), soon());
    const expected = ['first', ...numbers(5).map((n) => `record ${n}`), 'last'];
    expect(await bodiesOf(name, expected.length)).toEqual(expected);
  });

  it('settles sends by their deadline while nothing answers, never lets them arrive behind later ones, and recovers', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    const { orders } = service.producers;
    await orders.send('order.placed', { id: 'o', n: 0 });
    await kafka.pause();
    const late = orders.send('order.placed', { id: 'o', n: 1 }, { timeoutMs: 300 });
    await expect(late).rejects.toThrow(SendTimeoutError);
    await expect.poll(() => service.ready, poll).toBe(false);
    expect(service.problems).toContain('The broker b is not connected.');
    const patient = orders.send('order.placed', { id: 'o', n: 2 }, { timeoutMs: 90_000 });
    await kafka.resume();
    await patient;
    await expect.poll(() => effects.entries.map(({ n }) => n), poll).toContain(2);
    await expect.poll(() => service.ready, poll).toBe(true);
    const order = effects.entries.map(({ n }) => n);
    expect([
      [0, 2],
      [0, 1, 2],
    ]).toContainEqual(order);
  });

  it('goes on over a slow line that slices what it carries', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects, { ordering: 'per-key' }));
    kafka.proxy.conditions = { latencyMs: 200, sliceBytes: 100 };
    const sends = numbers(60).map((n) =>
      service.producers.orders.send('order.placed', { id: `k-${n % 6}`, n }),
    );
    await Promise.all(sends);
    await effects.reaches(60);
    kafka.proxy.conditions = {};
    expect(sorted(effects)).toEqual(numbers(60));
    expect(service.ready).toBe(true);
  });

  it('lets other partitions go on while one refuses', async () => {
    const name = await declared();
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [new URL(kafka.url).host] });
    onTestFinished(() => admin.close());
    const narrow = freshName();
    await admin.createTopics({
      topics: [narrow],
      partitions: 1,
      configs: [{ name: 'max.message.bytes', value: '1000' }],
    });
    const transport = await connect();
    const noise = Buffer.from(numbers(5_000).map(() => Math.floor(Math.random() * 256))).toString('base64');
    const [refused, taken] = await Promise.allSettled([
      transport.publish({ topic: narrow, key: 'k' }, text(noise), soon()),
      transport.publish(topics.to(name), text('kept'), soon()),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'LOOM_MESSAGE_TOO_LARGE' } });
    expect(taken.status).toBe('fulfilled');
    await transport.publish({ topic: narrow, key: 'k' }, text('small'), soon());
    expect(await bodiesOf(name, 1)).toEqual(['kept']);
    expect(await bodiesOf(narrow, 1)).toEqual(['small']);
  });

  it('hands a partition over only when the work in it has ended, and commits that', async () => {
    const name = await declared();
    const first = await connect();
    const second = await connect();
    const gate = deferred<void>();
    const atFirst = new Journal<Delivery>();
    const atSecond = new Journal<Delivery>();
    const send = (n: number) => first.publish({ topic: name, key: `k-${n}` }, text(String(n)), soon());
    await Promise.all(numbers(60).map(send));
    await first.subscribe({
      ...topics.rest(name),
      prefetch: 100,
      onDelivery: async (delivery) => {
        atFirst.add(delivery);
        await gate.promise;
        delivery.ack();
      },
    });
    const held = [...(await atFirst.reaches(60))];
    await second.subscribe({
      ...topics.rest(name),
      prefetch: 100,
      onDelivery: (delivery) => {
        atSecond.add(delivery);
        delivery.ack();
      },
    });
    // The first has been told to give some up, and waits for its handlers.
    await expect.poll(() => held.some(({ revoked }) => revoked), poll).toBe(true);
    await Promise.all(numbers(60).map((n) => send(60 + n)));
    expect(atSecond.entries).toEqual([]);
    gate.resolve();
    const where = ({ origin }: Delivery) =>
      'offset' in origin ? `${origin.partition}/${origin.offset}` : '';
    await expect
      .poll(() => new Set([...atFirst.entries, ...atSecond.entries].map(where)).size, poll)
      .toBe(120);
    expect(atSecond.entries.length).toBeGreaterThan(0);
    expect(atFirst.entries.length + atSecond.entries.length).toBe(120);
  });

  it('gives every member its share of each topic', async () => {
    const admin = await connect(kafka.url);
    const names = [freshName(), freshName()];
    await admin.assertTopology({ topics: names.map((name) => ({ name, partitions: 6 })) });
    const places = async () => {
      const transport = await connect();
      const seen = new Journal<string>();
      await transport.subscribe({
        topics: names.map((topic) => ({ topic })),
        group: `${names[0]}.readers`,
        prefetch: 100,
        onDelivery: ({ origin }) => {
          if ('partition' in origin) seen.add(`${origin.topic}/${origin.partition}`);
        },
      });
      return (topic: string) => new Set(seen.entries.filter((place) => place.startsWith(topic))).size;
    };
    const members = [await places(), await places()];
    // Without a key, to each partition in turn. None of it is settled: it comes to whoever gets the partition.
    for (const topic of names) {
      for (const n of numbers(6)) await admin.publish({ topic }, text(String(n)), soon());
    }
    await expect
      .poll(() => names.flatMap((name) => members.map((places) => places(name) >= 3)), poll)
      .toEqual([true, true, true, true]);
  });

  it('loses nothing and keeps the order of keys while members come and go', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const definition = recorder(name, effects, { ordering: 'per-key', prefetch: 50 });
    const steady = await serve(definition);
    const count = 3_000;
    const sends = numbers(count).map((n) =>
      steady.producers.orders.send('order.placed', { id: `k-${n % 11}`, n }, { timeoutMs: 90_000 }),
    );
    for (let part = 1; part <= 5; part++) {
      const [one, two] = await Promise.all([serve(definition), serve(definition)]);
      await effects.reaches(Math.min(count, part * 500));
      expect(await one?.stop()).toBe(true);
      expect(await two?.stop()).toBe(true);
    }
    await Promise.all(sends);
    await effects.reaches(count);
    await expect.poll(() => steady.inFlight, poll).toBe(0);
    expect(sorted(effects)).toEqual(numbers(count));
    for (let key = 0; key < 11; key++) {
      const ofKey = effects.entries.filter(({ id }) => id === `k-${key}`).map(({ n }) => n);
      expect(ofKey).toEqual(numbers(count).filter((n) => n % 11 === key));
    }
  });

  it('repeats no effect when the offsets cannot be committed before the partitions go', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const definition = recorder(name, effects);
    const first = await serve(definition);
    const total = 300;
    for (const n of numbers(total)) {
      void first.producers.orders.send('order.placed', { id: `k-${n}`, n }).catch(() => {});
    }
    await effects.reaches(100);
    // Cut off from the group: it is thrown out after its session time, and its commits with it.
    kafka.proxy.blackHole();
    const direct = await startService(definition, {
      transports: { b: kafkaTransport({ url: kafka.url }) },
      store: redisStore({ url: redis.url, acceptEmpty: true }),
      log,
    });
    onTestFinished(async () => {
      await direct.stop();
    });
    for (const n of numbers(total)) {
      await direct.producers.orders.send('order.placed', { id: `again-${n}`, n: total + n });
    }
    const second = () => effects.entries.filter(({ n }) => n >= total).length;
    await expect.poll(second, poll).toBe(total);
    kafka.proxy.heal();
    await expect.poll(() => first.ready, poll).toBe(true);
    await expect.poll(() => first.inFlight + direct.inFlight, poll).toBe(0);
    const seen = sorted(effects);
    expect(new Set(seen).size).toBe(seen.length);
    expect(log.lines.some(({ message }) => message.includes('has gone on without this member'))).toBe(true);
  });

  it('says so when a topic is deleted, and goes on when it is there again', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [new URL(kafka.url).host] });
    onTestFinished(() => admin.close());
    await admin.deleteTopics({ topics: [name] });
    const failing = service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { timeoutMs: 20_000 });
    await expect(failing).rejects.toThrow(new RegExp(`${name} does not exist`));
    const again = await connect(kafka.url);
    await again.assertTopology(topics.work(name));
    await service.producers.orders.send('order.placed', { id: 'o', n: 2 }, { timeoutMs: 60_000 });
    expect(await effects.reaches(1)).toEqual([{ id: 'o', n: 2 }]);
  });

  it('reads a topic from its beginning that is deleted and made again before the group notices', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    const [before, after] = [20, 40];
    // Of one key, so that all are in one partition.
    for (const n of numbers(before)) await service.producers.orders.send('order.placed', { id: 'o', n });
    await effects.reaches(before);
    const again = await connect(kafka.url);
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [new URL(kafka.url).host] });
    onTestFinished(() => admin.close());
    await admin.deleteTopics({ topics: [name] });
    await expect.poll(() => admin.listTopics(), poll).not.toContain(name);
    await again.assertTopology(topics.work(name));
    for (const n of numbers(after)) {
      await service.producers.orders.send('order.placed', { id: 'o', n: before + n }, { timeoutMs: 60_000 });
    }
    await effects.reaches(before + after);
    expect(sorted(effects)).toEqual(numbers(before + after));
  });

  it('ends in time although the broker does not answer', async () => {
    const name = await declared();
    const service = await startService(recorder(name, new Journal<Order>()), {
      transports: { b: kafkaTransport({ url: kafka.proxiedUrl }) },
      store: redisStore({ url: redis.url, acceptEmpty: true }),
      log,
      graceMs: 500,
    });
    kafka.proxy.blackHole();
    await service.stop();
    kafka.proxy.heal();
  });
});
