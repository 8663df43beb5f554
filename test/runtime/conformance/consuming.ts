import { expect, it } from 'vitest';
import { deferred } from '../../../runtime/core/abort.ts';
import {
  type Delivery,
  defineConsumer,
  defineService,
  NonRetryableError,
  type WireMessage,
} from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { collect, Journal, type Order, type OrderHandler, type OrderPlaced } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { connect, freshWork, serve, soon } from './world.ts';

export function consumingSuite(harness: () => Harness, channels: Channels): void {
  it('hands out no more than the prefetch, and more after an ack', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    for (const n of [1, 2, 3, 4, 5]) await transport.publish(channels.to(queue), plain(n), soon());
    const journal = new Journal<Delivery>();
    await transport.subscribe({
      ...channels.rest(queue),
      prefetch: 2,
      onDelivery: (delivery) => journal.add(delivery),
    });
    const [first] = await journal.reaches(2);
    // A confirmed round trip: had the broker sent a third one, it would be here by now.
    await transport.publish(channels.to(queue), plain(6), soon());
    expect(journal.entries).toHaveLength(2);
    first?.ack();
    await journal.reaches(3);
    expect(journal.entries.map(({ message }) => Buffer.from(message.body).toString())).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  if (channels.kind === 'queue') queueOnly(harness, channels);
  else logOnly(harness, channels);

  it('passes over types that are for others, and dead-letters those that nobody named', async () => {
    const queue = await freshWork(harness(), channels);
    const handled = new Journal<number>();
    const service = await serve(
      harness(),
      defineService({
        name: 'choosy',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, ({ data }) => handled.add(data.n), { ignores: ['order.noted'] }),
        },
      }),
    );
    const transport = await connect(harness());
    for (const type of ['order.noted', 'order.mistyped'])
      await transport.publish(
        channels.to(queue),
        {
          body: Buffer.from('{}'),
          headers: { 'loom-event-type': type },
          properties: { messageId: type, persistent: true },
        },
        soon(),
      );
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 });
    expect(await handled.reaches(1)).toEqual([1]);
    const dead = await collect(transport, channels.all(`${queue}.dlq`));
    expect((await dead.reaches(1)).map(({ headers }) => headers['loom-event-type'])).toEqual([
      'order.mistyped',
    ]);
    expect(await service.stop()).toBe(true);
    expect(dead.entries).toHaveLength(1);
  });

  it('runs the handler once for copies of an event, in one consumer or two, and once per consumer', async () => {
    const queue = await freshWork(harness(), channels);
    const other = await freshWork(harness(), channels);
    const effects = new Journal<string>();
    const consumer = (name: string, from: string) =>
      channels.consumer(from, async ({ envelope }) => effects.add(`${name}:${envelope.eventId}`));
    const definition = (name: string) =>
      defineService({
        name: 'billing',
        producers: { ...channels.producer(queue), others: channels.producer(other).orders },
        consumers: { bill: consumer(name, queue), tell: consumer('tell', other) },
      });
    const one = await serve(harness(), definition('bill'));
    const two = await serve(harness(), definition('bill'));
    const order: Order = { id: 'o-1', n: 1 };
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? one : two).producers.orders.send('order.placed', order, { eventId: `e-${i % 4}` }),
      ),
    );
    await one.producers.others.send('order.placed', order, { eventId: 'e-0' });
    await effects.reaches(5);
    expect(await one.stop()).toBe(true);
    expect(await two.stop()).toBe(true);
    expect([...effects.entries].sort()).toEqual(['bill:e-0', 'bill:e-1', 'bill:e-2', 'bill:e-3', 'tell:e-0']);
  });

  it('tells the handler what caused the message, and passes that on', async () => {
    const queue = await freshWork(harness(), channels);
    const next = await freshWork(harness(), channels);
    const seen = new Journal<Record<string, unknown>>();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const producers = { ...channels.producer(queue), onward: channels.producer(next).orders };
    const service = await serve(
      harness(),
      defineService({
        name: 'chain',
        producers,
        consumers: {
          first: defineConsumer<OrderPlaced, typeof producers>({
            ...channels.consumer(queue, () => {}),
            handler: async (message, context) => {
              expect(context.attempt).toBe(1);
              await context.producers.onward.send('order.placed', message.data, { eventId: 'e-2' });
            },
          }),
          second: channels.consumer(next, ({ envelope, data }) => seen.add({ ...envelope, data })),
        },
      }),
    );
    await service.producers.orders.send(
      'order.placed',
      { id: 'o-9', n: 9 },
      { eventId: 'e-1', correlationId: 'c-1', traceparent, time: '2026-01-02T03:04:05Z' },
    );
    const [envelope] = await seen.reaches(1);
    expect(envelope).toMatchObject({
      eventId: 'e-2',
      type: 'order.placed',
      aggregateId: 'o-9',
      schemaVersion: 1,
      correlationId: 'c-1',
      causationId: 'e-1',
      traceparent,
      data: { id: 'o-9', n: 9 },
    });
  });

  it('drains on stop: what is at work ends, what has not started goes back', async () => {
    const queue = await freshWork(harness(), channels);
    const started = new Journal<number>();
    const gate = deferred<void>();
    const effects: number[] = [];
    const service = await serve(
      harness(),
      defineService({
        name: 'slow',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(
            queue,
            async ({ data }) => {
              started.add(data.n);
              await gate.promise;
              effects.push(data.n);
            },
            { concurrency: 2 },
          ),
        },
      }),
    );
    for (let n = 0; n < 10; n++) await service.producers.orders.send('order.placed', { id: `o-${n}`, n });
    await started.reaches(2);
    const stopped = service.stop();
    gate.resolve();
    expect(await stopped).toBe(true);
    const left = await collect(await connect(harness()), channels.rest(queue));
    const rest = await left.reaches(10 - effects.length);
    const numbers = rest.map(({ body }) => JSON.parse(Buffer.from(body).toString()).n as number);
    expect([...effects, ...numbers].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(effects.length).toBeLessThan(10);
  });

  it('aborts the handlers when the grace time is over, frees their claims and says so', async () => {
    const queue = await freshWork(harness(), channels);
    const started = new Journal<string>();
    const definition = (handler: OrderHandler) =>
      defineService({
        name: 'stuck',
        producers: channels.producer(queue),
        consumers: { work: channels.consumer(queue, handler, { idempotency: { leaseMs: 600_000 } }) },
      });
    const stuck = definition(async (_, { signal }) => {
      started.add('first');
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const service = await serve(harness(), stuck, { graceMs: 50 });
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 });
    await started.reaches(1);
    expect(await service.stop()).toBe(false);
    // With a lease of ten minutes, only a freed claim lets the next process have the message now.
    await serve(
      harness(),
      definition(() => started.add('second')),
    );
    expect(await started.reaches(2)).toEqual(['first', 'second']);
  });

  it('leaves a non-retryable error its one attempt', async () => {
    const queue = await freshWork(harness(), channels);
    const service = await serve(
      harness(),
      defineService({
        name: 'strict',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, () => {
            throw new NonRetryableError('no such customer');
          }),
        },
      }),
    );
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 });
    const [dead] = await (await collect(await connect(harness()), channels.all(`${queue}.dlq`))).reaches(1);
    expect(dead?.headers).toMatchObject({
      'loom-dlq-reason': 'non-retryable',
      'loom-attempts': channels.headerValue(1),
    });
  });
}

function plain(n: number) {
  return {
    body: Buffer.from(String(n)),
    headers: {},
    properties: { messageId: String(n), persistent: true },
  };
}

/** What a queue can and a log cannot: take single messages back and keep the others. */
function queueOnly(harness: () => Harness, channels: Channels): void {
  it('tells what waits behind the deliveries in hand', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    for (const n of [1, 2, 3, 4, 5]) await transport.publish(channels.to(queue), plain(n), soon());
    const journal = new Journal<Delivery>();
    const subscription = await transport.subscribe({
      ...channels.rest(queue),
      prefetch: 2,
      onDelivery: (delivery) => journal.add(delivery),
    });
    await journal.reaches(2);
    expect(await subscription.backlog?.()).toEqual({ messages: 3 });
    for (let n = 0; n < 5; n++) (await journal.reaches(n + 1))[n]?.ack();
    expect(await subscription.backlog?.()).toEqual({ messages: 0 });
  });

  const refusal = channels.amqp ? 'dead-letters' : 'as well';
  it(`redelivers what was rejected with requeue, and ${refusal} what was rejected without`, async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    await transport.publish(channels.to(queue), plain(1), soon());
    const journal = new Journal<Delivery>();
    await transport.subscribe({ queue, prefetch: 10, onDelivery: (delivery) => journal.add(delivery) });
    const [first] = await journal.reaches(1);
    expect(first?.redelivered).toBe(false);
    first?.reject(true);
    const [, second] = await journal.reaches(2);
    expect(second?.redelivered).toBe(true);
    second?.reject(false);
    if (!channels.amqp) {
      (await journal.reaches(3))[2]?.ack();
      return;
    }
    const [dead] = await (await collect(transport, { queue: `${queue}.dlq` })).reaches(1);
    expect(dead?.properties.messageId).toBe('1');
    expect(dead?.headers).toMatchObject({ 'x-first-death-queue': queue, 'x-first-death-reason': 'rejected' });
  });

  it('acknowledges with stragglers in between, so that nothing comes back', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const journal = new Journal<Delivery>();
    const subscription = await transport.subscribe({ queue, prefetch: 8, onDelivery: (d) => journal.add(d) });
    for (let n = 1; n <= 40; n++) await transport.publish({ queue }, plain(n), soon());
    for (let n = 2; n <= 40; n++) (await journal.reaches(n))[n - 1]?.ack();
    await subscription.close();
    const left = await collect(transport, { queue });
    const [straggler] = await left.reaches(1);
    expect(straggler?.properties.messageId).toBe('1');
    await transport.publish({ queue }, plain(41), soon());
    expect((await left.reaches(2)).map(({ properties }) => properties.messageId)).toEqual(['1', '41']);
  });
}

/** What a log does instead: it keeps everything, and a group has one position in each partition. */
function logOnly(harness: () => Harness, channels: Channels): void {
  it('hands out again what was rejected, with requeue or without: a log has no backstop', async () => {
    const name = await freshWork(harness(), channels);
    const transport = await connect(harness());
    await transport.publish(channels.to(name), plain(1), soon());
    const journal = new Journal<Delivery>();
    await transport.subscribe({
      ...channels.rest(name),
      prefetch: 10,
      onDelivery: (delivery) => journal.add(delivery),
    });
    (await journal.reaches(1))[0]?.reject(true);
    (await journal.reaches(2))[1]?.reject(false);
    expect((await journal.reaches(3)).map(({ redelivered }) => redelivered)).toEqual([false, true, true]);
  });

  it('goes on at the oldest record that was not settled, for one group as for another', async () => {
    const name = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const journal = new Journal<Delivery>();
    const subscription = await transport.subscribe({
      ...channels.rest(name),
      prefetch: 8,
      onDelivery: (delivery) => journal.add(delivery),
    });
    for (let n = 1; n <= 10; n++) await transport.publish(channels.to(name), plain(n), soon());
    for (const n of [1, 2, 4, 5]) (await journal.reaches(n))[n - 1]?.ack();
    await subscription.close();
    const ids = (entries: readonly WireMessage[]) => entries.map(({ properties }) => properties.messageId);
    const left = await collect(transport, channels.rest(name));
    const behind = ['6', '7', '8', '9', '10'];
    const expected = channels.settlesEach ? ['3', ...behind] : ['3', '4', '5', ...behind];
    expect(ids(await left.reaches(expected.length))).toEqual(expected);
    const others = await collect(transport, channels.all(name));
    expect(ids(await others.reaches(10))).toHaveLength(10);
  });

  it('says where a record is, and gives what is settled after the group has moved on no effect', async () => {
    const name = await freshWork(harness(), channels, 1);
    const transport = await connect(harness());
    await transport.publish({ topic: name, key: 'a key' }, plain(1), soon());
    const journal = new Journal<Delivery>();
    const subscription = await transport.subscribe({
      ...channels.rest(name),
      prefetch: 8,
      onDelivery: (delivery) => journal.add(delivery),
    });
    const [delivery] = await journal.reaches(1);
    const offset = channels.anyOffset ? expect.any(BigInt) : 0n;
    expect(delivery?.origin).toEqual({ topic: name, partition: 0, offset, key: Buffer.from('a key') });
    await subscription.close();
    expect(delivery?.stale).toBe(true);
    delivery?.ack();
    const left = await collect(transport, channels.rest(name));
    expect(await left.reaches(1)).toHaveLength(1);
  });

  it('begins at the end if it is told to, and from then on where it was', async () => {
    const name = await freshWork(harness(), channels, 1);
    const transport = await connect(harness());
    await transport.publish(channels.to(name), plain(1), soon());
    const source = { topics: [{ topic: name }], group: `${name}.late`, startFrom: 'latest' } as const;
    const journal = new Journal<string>();
    const read = () =>
      transport.subscribe({
        ...source,
        prefetch: 8,
        onDelivery: ({ message }) => journal.add(String(message.properties.messageId)),
      });
    const first = await read();
    // It has its place only once it has its partitions, which nobody hears of; later records tell.
    for (let n = 2; journal.entries.length === 0; n++) {
      await transport.publish(channels.to(name), plain(n), soon());
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [start] = journal.entries;
    await first.close();
    await read();
    await journal.reaches(journal.entries.length + 1);
    expect(start).not.toBe('1');
    expect(journal.entries).not.toContain('1');
    expect(journal.entries.filter((id) => id === start)).toHaveLength(2);
  });
}
