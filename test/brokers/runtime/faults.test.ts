import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  defineService,
  type ProducerMap,
  type RunningService,
  SendTimeoutError,
  type ServiceDefinition,
  startService,
  type Transport,
} from '../../../runtime/index.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { freshName } from '../../runtime/conformance/world.ts';
import {
  Journal,
  MemoryLog,
  orderConsumer,
  orderProducer,
  workQueue,
} from '../../runtime/support/scenario.ts';
import { FaultProxy } from '../../support/proxy.ts';
import type { Broker } from '../support/broker.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';

const poll = { timeout: 60_000 };

describeWithBrokers('runtime under faults', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let rabbit: Rabbit;
  let redis: Broker;
  let proxy: FaultProxy;
  const log = new MemoryLog();

  beforeAll(async () => {
    [rabbit, redis] = await Promise.all([startRabbit(), startRedis()]);
    proxy = await FaultProxy.start(rabbit.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all([rabbit?.dispose(), redis?.dispose()]);
  });

  const connect = () => rabbitmq({ url: proxy.via(rabbit.url), heartbeatSeconds: 1 });

  async function withAdmin<T>(use: (admin: Transport) => Promise<T>): Promise<T> {
    const admin = rabbitmq({ url: rabbit.url });
    await admin.start({ exchanges: [], queues: [] }, log, AbortSignal.timeout(60_000));
    return use(admin).finally(() => admin.close());
  }

  async function declared(): Promise<string> {
    const queue = freshName();
    await withAdmin((admin) => admin.assertTopology(workQueue(queue)));
    return queue;
  }

  async function serve<P extends ProducerMap>(definition: ServiceDefinition<P>): Promise<RunningService<P>> {
    const service = await startService(definition, {
      transports: { b: connect() },
      store: redisStore({ url: redis.url, acceptEmpty: true }),
      log,
      graceMs: 10_000,
    });
    onTestFinished(async () => {
      await service.stop();
    });
    return service;
  }

  function recorder(queue: string, effects: Journal<string>) {
    return defineService({
      // Of its own, so that the shared store does not know the event ids of other tests.
      name: queue,
      producers: orderProducer(queue),
      consumers: { work: orderConsumer(queue, ({ envelope }) => effects.add(envelope.eventId)) },
    });
  }

  it('waits for a broker that is not there yet', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    await rabbit.stop();
    const starting = serve(recorder(queue, effects));
    await rabbit.start();
    const service = await starting;
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'first' });
    expect(await effects.reaches(1)).toEqual(['first']);
  });

  it('loses nothing when the broker is killed under load; every send settles', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    const service = await serve(recorder(queue, effects));
    const ids = Array.from({ length: 2_000 }, (_, i) => `e-${i}`);
    const send = (eventId: string, n: number) =>
      service.producers.orders.send('order.placed', { id: 'o', n }, { eventId, timeoutMs: 90_000 });
    const first = ids.slice(0, 1_000).map(send);
    await effects.reaches(200);
    // However quick the first were, these cannot all be confirmed when the broker dies.
    const sends = [...first, ...ids.slice(1_000).map(send)];
    await rabbit.kill();
    expect(effects.entries.length).toBeLessThan(2_000);
    await rabbit.start();
    const receipts = await Promise.all(sends);
    expect(Math.max(...receipts.map(({ attempts }) => attempts))).toBeGreaterThan(1);
    await effects.reaches(2_000);
    await expect.poll(() => service.inFlight, poll).toBe(0);
    expect([...effects.entries].sort()).toEqual([...ids].sort());
  });

  it('settles sends by their deadline in a black hole, and recovers through heartbeats', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    const service = await serve(recorder(queue, effects));
    await service.producers.orders.send('order.placed', { id: 'o', n: 0 }, { eventId: 'before' });
    proxy.blackHole();
    const send = service.producers.orders.send(
      'order.placed',
      { id: 'o', n: 1 },
      { eventId: 'lost', timeoutMs: 300 },
    );
    await expect(send).rejects.toThrow(SendTimeoutError);
    await expect.poll(() => service.ready, poll).toBe(false);
    expect(service.problems).toContain('The broker b is not connected.');
    proxy.heal();
    await service.producers.orders.send('order.placed', { id: 'o', n: 2 }, { eventId: 'after' });
    await expect.poll(() => effects.entries, poll).toContain('after');
    await expect.poll(() => service.ready, poll).toBe(true);
  });

  it('stops sending under a resource alarm and goes on when it is over', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    const service = await serve(recorder(queue, effects));
    const { orders } = service.producers;
    await orders.send('order.placed', { id: 'o', n: 0 }, { eventId: 'before' });
    await rabbit.ctl('set_vm_memory_high_watermark', '0.0001');
    // The broker says so when the next message reaches it; that one may still be confirmed, or not.
    await orders
      .send('order.placed', { id: 'o', n: 1 }, { eventId: 'alarm', timeoutMs: 500 })
      .catch(() => {});
    await expect.poll(() => service.ready, poll).toBe(false);
    const refused = orders.send('order.placed', { id: 'o', n: 2 }, { eventId: 'refused', timeoutMs: 300 });
    await expect(refused).rejects.toThrow(SendTimeoutError);
    const patient = orders.send('order.placed', { id: 'o', n: 3 }, { eventId: 'patient', timeoutMs: 60_000 });
    await rabbit.ctl('set_vm_memory_high_watermark', '0.6');
    expect(await patient).toMatchObject({ eventId: 'patient' });
    await expect.poll(() => effects.entries, poll).toContain('patient');
    expect(effects.entries).not.toContain('refused');
  });

  it('fails closed while the idempotency store is away, and works on when it is back', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    const service = await serve(recorder(queue, effects));
    await service.producers.orders.send('order.placed', { id: 'o', n: 0 }, { eventId: 'before' });
    await effects.reaches(1);
    await redis.stop();
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'during' });
    await expect
      .poll(() => service.problems, poll)
      .toContain('The idempotency store refuses claims; work waits.');
    expect(effects.entries).toEqual(['before']);
    await redis.start();
    expect(await effects.reaches(2)).toEqual(['before', 'during']);
    await expect.poll(() => service.ready, poll).toBe(true);
  });

  it('reopens a queue that was deleted and declared again', async () => {
    const queue = await declared();
    const effects = new Journal<string>();
    const service = await serve(recorder(queue, effects));
    await rabbit.ctl('delete_queue', queue);
    await expect.poll(() => service.ready, poll).toBe(false);
    await withAdmin((admin) => admin.assertTopology(workQueue(queue)));
    await expect.poll(() => service.ready, poll).toBe(true);
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'again' });
    expect(await effects.reaches(1)).toEqual(['again']);
  });

  it('ends in time although the broker does not answer', async () => {
    const queue = await declared();
    const service = await startService(recorder(queue, new Journal<string>()), {
      transports: { b: rabbitmq({ url: proxy.via(rabbit.url), heartbeatSeconds: 600 }) },
      store: redisStore({ url: redis.url, acceptEmpty: true }),
      log,
      graceMs: 500,
    });
    proxy.blackHole();
    expect(await service.stop()).toBe(false);
    proxy.heal();
  });

  it('logs no secret when credentials are refused, and gives up waiting when told', async () => {
    const url = new URL(rabbit.url);
    url.password = 'geheim-wrong';
    const lines = new MemoryLog();
    const transport = rabbitmq({ url: url.href });
    const giveUp = new AbortController();
    const start = transport.start({ exchanges: [], queues: [] }, lines, giveUp.signal);
    await expect.poll(() => lines.lines.length, poll).toBeGreaterThan(1);
    giveUp.abort(new Error('enough'));
    await expect(start).rejects.toThrow('enough');
    await transport.close();
    const text = lines.lines
      .map(({ fields }) => `${JSON.stringify(fields)} ${String(fields['err'])}`)
      .join('\n');
    expect(text).toMatch(/ACCESS_REFUSED/);
    expect(text).not.toMatch(/geheim/);
  });
});
