import { expect, it } from 'vitest';
import { defineService, replayCopy, type WireMessage } from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { collect, Journal, type OrderContext } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { connect, freshWork, serve, soon } from './world.ts';

const originals = {
  exchange: (name: string) => ({
    'loom-original-exchange': `${name}.ex`,
    'loom-original-routing-key': 'order.placed',
  }),
  queue: (name: string) => ({ 'loom-original-exchange': '', 'loom-original-routing-key': name }),
  log: (name: string) => ({
    'loom-original-topic': name,
    'loom-original-partition': expect.stringMatching(/^[0-2]$/),
    'loom-original-offset': expect.stringMatching(/^[0-9]+$/),
  }),
};

export function failureSuite(harness: () => Harness, channels: Channels): void {
  it('retries through the delay queues, counting handler failures', async () => {
    const queue = await freshWork(harness(), channels);
    const attempts = new Journal<number>();
    const service = await serve(
      harness(),
      defineService({
        name: 'flaky',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, (_, { attempt }) => {
            attempts.add(attempt);
            if (attempt < 3) throw new Error('not yet');
          }),
        },
      }),
    );
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 });
    expect(await attempts.reaches(3)).toEqual([1, 2, 3]);
    expect(await service.stop()).toBe(true);
  });

  it('holds what comes after a message that it has given up, where it is to stop', async () => {
    const queue = await freshWork(harness(), channels);
    const consumer = (handler: (n: number, id: string) => void) =>
      channels.consumer(queue, ({ data }) => handler(data.n, data.id), {
        ordering: 'per-key',
        onFailure: 'stop',
        retry: channels.retry(queue, { maxAttempts: 2, tiers: [], baseDelayMs: 5 }),
      });
    const name = 'careful';
    const handled = new Journal<string>();
    const broken = await serve(
      harness(),
      defineService({
        name,
        producers: channels.producer(queue, true),
        consumers: {
          work: consumer((n, id) => {
            if (id === 'held' && n === 1) throw new Error('a bug');
            handled.add(`${id}/${n}`);
          }),
        },
      }),
    );
    for (const [id, n] of [
      ['held', 1],
      ['held', 2],
      ['free', 1],
    ] as const)
      await broken.producers.orders.send('order.placed', { id, n }, { key: id, aggregateId: id });
    expect(await handled.reaches(1)).toEqual(['free/1']);
    await expect.poll(() => broken.ready).toBe(false);
    expect(broken.problems).toEqual([expect.stringContaining('holds what comes after it')]);
    expect(await broken.stop()).toBe(true);
    expect(handled.entries).toEqual(['free/1']);

    const later = new Journal<string>();
    const fixed = await serve(
      harness(),
      defineService({
        name,
        producers: channels.producer(queue, true),
        consumers: { work: consumer((n, id) => later.add(`${id}/${n}`)) },
      }),
    );
    const inOrder = (await later.reaches(2)).filter((entry) => entry.startsWith('held'));
    expect(inOrder).toEqual(['held/1', 'held/2']);
    expect(await fixed.stop()).toBe(true);
  });

  it('retries in place when there are no delay queues', async () => {
    const queue = await freshWork(harness(), channels);
    const attempts = new Journal<string>();
    const service = await serve(
      harness(),
      defineService({
        name: 'inplace',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(
            queue,
            ({ data }, { attempt }) => {
              attempts.add(`${data.n}/${attempt}`);
              if (data.n === 1 && attempt < 3) throw new Error('not yet');
            },
            { ordering: 'per-key', retry: channels.retry(queue, { tiers: [], baseDelayMs: 5 }) },
          ),
        },
      }),
    );
    const { orders } = service.producers;
    await orders.send('order.placed', { id: 'same', n: 1 });
    await orders.send('order.placed', { id: 'same', n: 2 });
    expect(await attempts.reaches(4)).toEqual(['1/1', '1/2', '1/3', '2/1']);
  });

  it('dead-letters a poison message once, intact and explained, while its neighbours flow', async () => {
    const queue = await freshWork(harness(), channels);
    const effects = new Journal<number>();
    const service = await serve(
      harness(),
      defineService({
        name: 'picky',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, ({ data }) => {
            if (data.n === 3) throw new TypeError('three is too many');
            effects.add(data.n);
          }),
        },
      }),
    );
    const dead = await collect(await connect(harness()), channels.all(`${queue}.dlq`));
    for (let n = 1; n <= 5; n++) {
      await service.producers.orders.send(
        'order.placed',
        { id: `o-${n}`, n },
        { eventId: `e-${n}`, correlationId: 'c', headers: { tenant: 't' } },
      );
    }
    const [letter] = await dead.reaches(1);
    await effects.reaches(4);
    expect(await service.stop()).toBe(true);
    expect([...effects.entries].sort()).toEqual([1, 2, 4, 5]);
    expect(dead.entries).toHaveLength(1);
    expect(JSON.parse(Buffer.from(letter?.body ?? []).toString())).toEqual({ id: 'o-3', n: 3 });
    expect(letter?.properties.messageId).toBe('e-3');
    expect(letter?.headers).toMatchObject({
      ...originals[channels.amqp ? 'exchange' : channels.kind](queue),
      ...channels.failedAt(queue),
      tenant: 't',
      'loom-event-id': 'e-3',
      'loom-correlation-id': 'c',
      'loom-attempts': channels.headerValue(3),
      'loom-dlq-id': expect.stringMatching(/^[0-9a-f]{32}$/),
      'loom-dlq-reason': 'attempts-exhausted',
      'loom-dlq-error': 'TypeError: three is too many',
      'loom-dlq-consumer': 'picky.work',
    });
    const time = (name: string) => Date.parse(String(letter?.headers[name]));
    expect(time('loom-first-failure-time')).toBeLessThan(time('loom-dlq-time'));
  });

  it.each<[string, Partial<WireMessage>, RegExp]>([
    ['bad JSON', { body: Buffer.from('{"id":') }, /not JSON/],
    ['invalid UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, /not JSON/],
    ['no bytes', { body: Buffer.alloc(0) }, /empty/],
    ['the wrong schema', { body: Buffer.from('{"id":7}') }, /schema/],
    ['too many bytes', { body: Buffer.from(JSON.stringify({ id: 'x'.repeat(2000), n: 1 })) }, /allowed/],
    ['an unknown type', { headers: { 'loom-event-type': 'order.eaten' } }, /order\.eaten/],
    [
      'no event id',
      { headers: { 'loom-event-time': '2026-01-01T00:00:00Z' }, properties: { persistent: true } },
      /missing/,
    ],
  ])('dead-letters %s at once, as it came', async (_, broken, reason) => {
    const queue = await freshWork(harness(), channels);
    await serve(
      harness(),
      defineService({
        name: 'reader',
        producers: {},
        consumers: {
          work: channels.consumer(queue, () => expect.fail('the handler must not see it')) as never,
        },
      }),
    );
    const transport = await connect(harness());
    const headers = {
      'loom-event-id': 'e',
      'loom-event-type': 'order.placed',
      'loom-event-time': '2026-01-01T00:00:00Z',
    };
    const good = {
      body: Buffer.from('{"id":"o","n":1}'),
      headers,
      properties: { messageId: 'e', persistent: true },
    };
    const message: WireMessage = { ...good, ...broken };
    await transport.publish(channels.to(queue), message, soon());
    const [letter] = await (await collect(transport, channels.all(`${queue}.dlq`))).reaches(1);
    expect(Buffer.from(letter?.body ?? []).equals(message.body)).toBe(true);
    expect(letter?.headers).toMatchObject({
      ...message.headers,
      'loom-dlq-reason': 'invalid',
      'loom-attempts': channels.headerValue(1),
    });
    expect(letter?.headers['loom-dlq-error']).toMatch(reason);
  });

  it('keeps the original while the dead-letter queue is missing, and dead-letters it when that is back', async () => {
    const queue = await freshWork(harness(), channels);
    const failed = new Journal<number>();
    const service = await serve(
      harness(),
      defineService({
        name: 'patient',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(
            queue,
            (_, { attempt }) => {
              failed.add(attempt);
              throw new Error('always');
            },
            { retry: channels.retry(queue, { maxAttempts: 1 }) },
          ),
        },
      }),
    );
    await harness().deleteChannel(`${queue}.dlq`);
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'kept' });
    await failed.reaches(1);
    await expect
      .poll(() => service.problems, { timeout: 20_000 })
      .toEqual(['work cannot publish a retry or dead-letter copy; it keeps the original.']);
    expect(service.ready).toBe(false);
    expect(service.inFlight).toBe(1);
    await harness().declare(channels.plain(`${queue}.dlq`));
    const [letter] = await (await collect(await connect(harness()), channels.all(`${queue}.dlq`))).reaches(1);
    expect(letter?.properties.messageId).toBe('kept');
    await expect.poll(() => service.problems, { timeout: 20_000 }).toEqual([]);
    expect(failed.entries).toEqual([1]);
  });

  it('suppresses a redelivered dead letter, and lets a replay through once', async () => {
    const queue = await freshWork(harness(), channels);
    const tries = new Journal<string>();
    let healed = false;
    const handler = ({ envelope }: { envelope: { eventId: string } }, { attempt }: OrderContext) => {
      tries.add(`${envelope.eventId}/${attempt}${healed ? ' healed' : ''}`);
      if (envelope.eventId === 'e' && !healed) throw new Error('broken');
    };
    const service = await serve(
      harness(),
      defineService({
        name: 'replayed',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, handler, {
            concurrency: 1,
            retry: channels.retry(queue, { maxAttempts: 1 }),
          }),
        },
      }),
    );
    const transport = await connect(harness());
    const { orders } = service.producers;
    const order = { id: 'o', n: 1 };
    await orders.send('order.placed', order, { eventId: 'e' });
    const dead = await collect(transport, channels.all(`${queue}.dlq`));
    const [letter] = (await dead.reaches(1)) as [WireMessage];
    healed = true;
    await orders.send('order.placed', order, { eventId: 'e' });
    await orders.send('order.placed', order, { eventId: 'marker' });
    expect(await tries.reaches(2)).toEqual(['e/1', 'marker/1 healed']);
    const replay = replayCopy(letter, 'r-1');
    expect(Object.keys(replay.headers).filter((name) => name.startsWith('loom-dlq'))).toEqual([]);
    await transport.publish(channels.to(channels.own(queue)), replay, soon());
    expect(await tries.reaches(3)).toEqual(['e/1', 'marker/1 healed', 'e/1 healed']);
    await transport.publish(channels.to(channels.own(queue)), replay, soon());
    expect(await service.stop()).toBe(true);
    expect(tries.entries).toHaveLength(3);
  });

  it('handles a dead letter again that the broker itself has moved back', async () => {
    const queue = await freshWork(harness(), channels);
    const tries = new Journal<string>();
    const service = await serve(
      harness(),
      defineService({
        name: 'moved',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(
            queue,
            ({ envelope }: { envelope: { eventId: string } }, { attempt }: OrderContext) => {
              tries.add(`${envelope.eventId}/${attempt}`);
              throw new Error('broken');
            },
            { concurrency: 1, retry: channels.retry(queue, { maxAttempts: 2 }) },
          ),
        },
      }),
    );
    const transport = await connect(harness());
    const { orders } = service.producers;
    const order = { id: 'o', n: 1 };
    await orders.send('order.placed', order, { eventId: 'e' });
    const dead = await collect(transport, channels.all(`${queue}.dlq`));
    const [letter] = (await dead.reaches(1)) as [WireMessage];
    const move = () => transport.publish(channels.to(channels.own(queue)), letter, soon());
    await move();
    const [, again] = (await dead.reaches(2)) as [WireMessage, WireMessage];
    expect(again.headers['loom-attempts']).toEqual(letter.headers['loom-attempts']);
    expect(again.headers['loom-dlq-id']).not.toEqual(letter.headers['loom-dlq-id']);
    // Once more, as a move that is cut off and begun again leaves it.
    await move();
    await orders.send('order.placed', order, { eventId: 'marker' });
    await dead.reaches(3);
    expect(await service.stop()).toBe(true);
    expect(tries.entries).toEqual(['e/1', 'e/2', 'e/1', 'e/2', 'marker/1', 'marker/2']);
  });
}
