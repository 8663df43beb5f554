import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  type Delivery,
  defineService,
  type ProducerMap,
  type RunningService,
  SendTimeoutError,
  type ServiceDefinition,
  startService,
  type Transport,
} from '../../../runtime/index.ts';
import { type GroupDeclaration, type RedisTopology, redisStreams } from '../../../runtime/redis/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { freshName } from '../../runtime/conformance/world.ts';
import { streams } from '../../runtime/support/channels.ts';
import { Journal, MemoryLog, type Order, type OrderOverrides } from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

const poll = { timeout: 60_000 };
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const soon = () => AbortSignal.timeout(60_000);

describeWithBrokers('Redis Streams under faults', { brokers: ['redis'], control: true }, () => {
  let broker: Broker;
  let store: Broker;
  let proxy: FaultProxy;
  const log = new MemoryLog();

  beforeAll(async () => {
    // What is confirmed is on disk: it is killed below.
    [broker, store] = await Promise.all([startRedis(['--appendfsync', 'always']), startRedis()]);
    proxy = await FaultProxy.start(broker.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all([broker?.dispose(), store?.dispose()]);
  });

  async function connect(url = proxy.via(broker.url)): Promise<Transport> {
    const transport = redisStreams({ url });
    onTestFinished(() => transport.close());
    await transport.start({ exchanges: [], queues: [] }, log, soon());
    return transport;
  }

  async function command(...args: [string, ...string[]]): Promise<unknown> {
    const client = await createClient({ url: broker.url, RESP: 2 }).connect();
    try {
      return await client.sendCommand(args);
    } finally {
      client.destroy();
    }
  }

  async function declared(
    group: Partial<GroupDeclaration> = {},
    trim?: RedisTopology['topics'][number]['trim'],
  ): Promise<string> {
    const name = freshName();
    const { topics } = streams.work(name, 1) as RedisTopology;
    const groups = [{ name: `${name}.group`, minIdleMs: 1_000, intervalMs: 200, ...group }];
    const admin = await connect(broker.url);
    await admin.assertTopology({
      topics: topics.map((topic) =>
        topic.name === name ? { ...topic, groups, ...(trim && { trim }) } : topic,
      ),
    });
    return name;
  }

  async function serve<P extends ProducerMap>(
    definition: ServiceDefinition<P>,
    url = proxy.via(broker.url),
  ): Promise<RunningService<P>> {
    const service = await startService(definition, {
      transports: { b: redisStreams({ url }) },
      store: redisStore({ url: store.url, acceptEmpty: true }),
      log,
      graceMs: 10_000,
    });
    onTestFinished(async () => {
      await service.stop();
    });
    return service;
  }

  const recorder = (name: string, effects: Journal<Order>, overrides: OrderOverrides = {}) =>
    defineService({
      // Of its own, so that the shared store does not know the event ids of other tests.
      name,
      producers: streams.producer(name, true),
      consumers: { work: streams.consumer(name, ({ data }) => effects.add(data), overrides) },
    });

  const sorted = (effects: Journal<Order>) => effects.entries.map(({ n }) => n).sort((a, b) => a - b);

  it.each(['restart', 'kill'] as const)(
    'loses nothing across a %s under load; every send settles',
    async (how) => {
      const name = await declared();
      const effects = new Journal<Order>();
      const service = await serve(recorder(name, effects));
      const send = (n: number) =>
        service.producers.orders.send('order.placed', { id: `k-${n}`, n }, { timeoutMs: 90_000 });
      const first = numbers(1_000).map(send);
      await effects.reaches(200);
      // Some are under way when Redis ends, however quick it is.
      proxy.conditions = { latencyMs: 100 };
      const sends = [...first, ...numbers(1_000).map((n) => send(1_000 + n))];
      if (how === 'kill') await broker.kill();
      else await broker.stop();
      proxy.conditions = {};
      expect(effects.entries.length).toBeLessThan(2_000);
      await broker.start();
      const receipts = await Promise.all(sends);
      expect(Math.max(...receipts.map(({ attempts }) => attempts))).toBeGreaterThan(1);
      await effects.reaches(2_000);
      await expect.poll(() => service.inFlight, poll).toBe(0);
      expect(sorted(effects)).toEqual(numbers(2_000));
    },
  );

  it('counts what waits where Redis does not: an entry was deleted ahead of the group', async () => {
    const name = await declared();
    const transport = await connect();
    for (const n of numbers(6)) {
      const message = { body: Buffer.from(String(n)), headers: {}, properties: { persistent: true } };
      await transport.publish({ topic: name }, message, soon());
    }
    const given = new Journal<Delivery>();
    const subscription = await transport.subscribe({
      ...streams.rest(name),
      prefetch: 2,
      onDelivery: (delivery) => given.add(delivery),
    });
    await given.reaches(2);
    const entries = (await command('XRANGE', name, '-', '+')) as readonly (readonly [string])[];
    await command('XDEL', name, entries[3]?.[0] ?? '');
    expect(await subscription.backlog?.()).toMatchObject({ messages: 5 });
  });

  it('settles sends by their deadline in a black hole, and recovers', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    proxy.blackHole();
    const lost = service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { timeoutMs: 300 });
    await expect(lost).rejects.toThrow(SendTimeoutError);
    await expect.poll(() => service.ready, poll).toBe(false);
    proxy.reset();
    proxy.heal();
    await service.producers.orders.send('order.placed', { id: 'o', n: 2 }, { timeoutMs: 60_000 });
    await expect.poll(() => effects.entries.some(({ n }) => n === 2), poll).toBe(true);
    await expect.poll(() => service.ready, poll).toBe(true);
  });

  it('keeps what a handler works on for longer than an entry may be idle', async () => {
    const name = await declared();
    const [first, second] = [new Journal<Delivery>(), new Journal<Delivery>()];
    const one = await connect();
    const two = await connect();
    await one.publish({ topic: name }, message('slow'), soon());
    const subscribe = (transport: Transport, journal: Journal<Delivery>) =>
      transport.subscribe({ ...streams.rest(name), prefetch: 10, onDelivery: (each) => journal.add(each) });
    await subscribe(one, first);
    const [held] = await first.reaches(1);
    await subscribe(two, second);
    // Time is what this is about: three times as long as it may be idle, and fifteen looks of the second member.
    await pause(3_000);
    expect(held?.stale).toBe(false);
    expect(second.entries).toEqual([]);
    held?.ack();
    await expect.poll(() => pendingOf(name), poll).toBe(0);
  });

  it('takes over what a member held that was cut off, which then knows that it has lost it', async () => {
    const name = await declared();
    const [first, second] = [new Journal<Delivery>(), new Journal<Delivery>()];
    const cutOff = await connect();
    await cutOff.publish({ topic: name }, message('held'), soon());
    await cutOff.subscribe({ ...streams.rest(name), prefetch: 10, onDelivery: (each) => first.add(each) });
    const [held] = await first.reaches(1);
    proxy.blackHole();
    const direct = await connect(broker.url);
    await direct.subscribe({ ...streams.rest(name), prefetch: 10, onDelivery: (each) => second.add(each) });
    const [again] = await second.reaches(1);
    expect(again?.redelivered).toBe(true);
    again?.ack();
    proxy.reset();
    proxy.heal();
    await expect.poll(() => held?.stale, poll).toBe(true);
    await expect.poll(() => pendingOf(name), poll).toBe(0);
  });

  it('gives an entry up that nobody has settled often enough, and says where it belongs', async () => {
    const name = freshName();
    const { topics } = streams.work(name, 1) as RedisTopology;
    const retryTopic = streams.own(name);
    const backstop = {
      maxDeliveries: 3,
      deadLetter: `${name}.dlq`,
      service: 'billing',
      consumer: 'work',
      retryTopic,
    };
    const group = { name: `${name}.group`, minIdleMs: 200, intervalMs: 100, backstop };
    const admin = await connect(broker.url);
    await admin.assertTopology({
      topics: topics.map((topic) => (topic.name === name ? { ...topic, groups: [group] } : topic)),
    });
    await admin.publish({ topic: name }, message('deadly'), soon());
    // Readers that die each time: they take the entry and never speak of it again.
    await command('XREADGROUP', 'GROUP', group.name, 'dead-1', 'STREAMS', name, '>');
    for (const dead of ['dead-2', 'dead-3']) await command('XAUTOCLAIM', name, group.name, dead, '0', '0');
    const seen = new Journal<Delivery>();
    await admin.subscribe({ ...streams.rest(name), prefetch: 10, onDelivery: (each) => seen.add(each) });
    let letter: Delivery | undefined;
    await expect
      .poll(async () => {
        letter = await admin.fetch(`${name}.dlq`);
        return letter !== undefined;
      }, poll)
      .toBe(true);
    expect(String(letter?.message.body)).toBe('deadly');
    expect(letter?.message.headers).toMatchObject({
      'loom-dlq-reason': 'backstop',
      'loom-dlq-consumer': 'billing.work',
      'loom-dlq-topic': retryTopic,
      'loom-attempts': '4',
    });
    expect(seen.entries).toEqual([]);
    expect(await pendingOf(name)).toBe(0);
  });

  it('keeps the order of keys in a group with one active member, while members come and go', async () => {
    const name = await declared({ singleActive: true });
    const effects = new Journal<Order>();
    const definition = recorder(name, effects, { ordering: 'per-key', prefetch: 50 });
    const steady = await serve(
      defineService({ name, producers: streams.producer(name, true), consumers: {} }),
    );
    let active = await serve(definition);
    const count = 2_000;
    const sends = numbers(count).map((n) =>
      steady.producers.orders.send('order.placed', { id: `k-${n % 7}`, n }, { timeoutMs: 90_000 }),
    );
    for (let part = 1; part <= 3; part++) {
      const standby = await serve(definition);
      await effects.reaches(part * 400);
      if (part === 2) proxy.reset();
      expect(await active.stop()).toBe(true);
      active = standby;
    }
    await Promise.all(sends);
    await effects.reaches(count);
    expect(sorted(effects)).toEqual(numbers(count));
    for (let key = 0; key < 7; key++) {
      const ofKey = effects.entries.filter(({ id }) => id === `k-${key}`).map(({ n }) => n);
      expect(ofKey).toEqual(numbers(count).filter((n) => n % 7 === key));
    }
  });

  it('removes what every group has acknowledged, and nothing else', async () => {
    const name = await declared({}, { acknowledged: true });
    await command('XGROUP', 'CREATE', name, 'slow', '0');
    const transport = await connect();
    await Promise.all(
      numbers(1_000).map((n) => transport.publish({ topic: name }, message(String(n)), soon())),
    );
    const seen = new Journal<string>();
    await transport.subscribe({
      ...streams.rest(name),
      prefetch: 100,
      onDelivery: (delivery) => {
        seen.add(String(delivery.message.body));
        delivery.ack();
      },
    });
    await seen.reaches(1_000);
    await expect.poll(() => pendingOf(name), poll).toBe(0);
    // The other group has read half of it and settled a part of that.
    const read = (await command(
      'XREADGROUP',
      'GROUP',
      'slow',
      'me',
      'COUNT',
      '500',
      'STREAMS',
      name,
      '>',
    )) as [[string, [string, string[]][]]];
    const ids = read[0][1].map(([id]) => id);
    await command('XACK', name, 'slow', ...ids.slice(0, 300));
    await expect.poll(() => command('XLEN', name), poll).toBe(700);
    await command('XACK', name, 'slow', ...ids.slice(300));
    await expect.poll(() => command('XLEN', name), poll).toBe(500);
  });

  it('refuses messages while the memory is full, keeps what it has, and goes on afterwards', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    const { orders } = service.producers;
    await command('CONFIG', 'SET', 'maxmemory', '1');
    onTestFinished(async () => {
      await command('CONFIG', 'SET', 'maxmemory', '0');
    });
    const refused = orders.send('order.placed', { id: 'o', n: 1 }, { timeoutMs: 500 });
    await expect(refused).rejects.toThrow(SendTimeoutError);
    const patient = orders.send('order.placed', { id: 'p', n: 2 }, { timeoutMs: 60_000 });
    await command('CONFIG', 'SET', 'maxmemory', '0');
    await patient;
    expect(await effects.reaches(1)).toEqual([{ id: 'p', n: 2 }]);
  });

  it('says so when everything is deleted, and goes on when it is declared again', async () => {
    const name = await declared();
    const effects = new Journal<Order>();
    const service = await serve(recorder(name, effects));
    await command('FLUSHALL');
    await expect.poll(() => service.ready, poll).toBe(false);
    const failing = service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { timeoutMs: 20_000 });
    await expect(failing).rejects.toThrow(new RegExp(`${name} does not exist`));
    const admin = await connect(broker.url);
    await admin.assertTopology(streams.work(name, 1));
    await expect.poll(() => service.ready, poll).toBe(true);
    await service.producers.orders.send('order.placed', { id: 'o', n: 2 });
    expect(await effects.reaches(1)).toEqual([{ id: 'o', n: 2 }]);
  });

  it('ends in time although Redis does not answer', async () => {
    const name = await declared();
    const service = await startService(recorder(name, new Journal<Order>()), {
      transports: { b: redisStreams({ url: proxy.via(broker.url) }) },
      store: redisStore({ url: store.url, acceptEmpty: true }),
      log,
      graceMs: 500,
    });
    proxy.blackHole();
    await service.stop();
    proxy.reset();
    proxy.heal();
  });

  async function pendingOf(name: string): Promise<number> {
    const [pending] = (await command('XPENDING', name, `${name}.group`)) as [number];
    return pending;
  }
});

function message(text: string) {
  return { body: Buffer.from(text), headers: {}, properties: { messageId: text, persistent: true } };
}
