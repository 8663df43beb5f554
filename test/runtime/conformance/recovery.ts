import { expect, it } from 'vitest';
import { deferred } from '../../../runtime/core/abort.ts';
import { defineService } from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { collect, Journal } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { connect, freshWork, serve } from './world.ts';

export function recoverySuite(harness: () => Harness, channels: Channels): void {
  it('loses nothing and handles nothing twice when connections are cut under load', async () => {
    const queue = await freshWork(harness(), channels);
    const effects = new Journal<string>();
    const service = await serve(
      harness(),
      defineService({
        name: 'sturdy',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, ({ envelope }) => effects.add(envelope.eventId), { prefetch: 50 }),
        },
      }),
    );
    const timeoutMs = 120_000;
    const ids = Array.from({ length: 1000 }, (_, i) => `e-${i}`);
    // Of many keys: a stream of Kinesis takes one message of a key at a time.
    const sends = ids.map((eventId, n) =>
      service.producers.orders.send('order.placed', { id: `o-${n % 50}`, n }, { eventId, timeoutMs }),
    );
    const cuts = [50, 200, 400, 600];
    for (const part of cuts) {
      await effects.reaches(part);
      expect(await harness().cut()).toBeGreaterThan(0);
    }
    const receipts = await Promise.all(sends);
    expect(receipts.map(({ eventId }) => eventId)).toEqual(ids);
    await effects.reaches(1000);
    await expect.poll(() => service.ready && service.inFlight === 0, { timeout: 20_000 }).toBe(true);
    expect(await service.stop()).toBe(true);
    expect([...effects.entries].sort()).toEqual([...ids].sort());
    const rest = await left(harness(), channels, queue);
    expect(rest.length).toBeLessThanOrEqual(cuts.length * (channels.copiesOfACut ?? 0));
  });

  it('does not run a handler again when its delivery went stale under it', async () => {
    const queue = await freshWork(harness(), channels);
    const started = new Journal<string>();
    const gate = deferred<void>();
    const service = await serve(
      harness(),
      defineService({
        name: 'cutoff',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(queue, async ({ envelope }) => {
            started.add(envelope.eventId);
            if (envelope.eventId === 'held') await gate.promise;
          }),
        },
      }),
    );
    await service.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'held' });
    await started.reaches(1);
    await harness().cut();
    await service.producers.orders.send('order.placed', { id: 'o', n: 2 }, { eventId: 'after' });
    await started.reaches(2);
    gate.resolve();
    expect(await service.stop()).toBe(true);
    expect(started.entries).toEqual(['held', 'after']);
  });

  it('drops what waited for room while its delivery went stale', async () => {
    const queue = await freshWork(harness(), channels);
    const started = new Journal<string>();
    const gate = deferred<void>();
    const work = channels.consumer(
      queue,
      async ({ envelope }) => {
        started.add(envelope.eventId);
        await gate.promise;
      },
      { concurrency: 1, prefetch: 20, idempotency: false },
    );
    const service = await serve(
      harness(),
      defineService({ name: 'patient', producers: channels.producer(queue), consumers: { work } }),
    );
    const ids = Array.from({ length: 20 }, (_, n) => `e-${n}`);
    for (const [n, eventId] of ids.entries())
      await service.producers.orders.send('order.placed', { id: 'o', n }, { eventId });
    await expect.poll(() => service.inFlight, { timeout: 20_000 }).toBe(20);
    await harness().cut();
    await service.producers.orders.send('order.placed', { id: 'o', n: 20 }, { eventId: 'last' });
    gate.resolve();
    await expect.poll(() => new Set(started.entries).size, { timeout: 20_000 }).toBe(21);
    expect(await service.stop()).toBe(true);
    // Only the one at work, and the one that was let in behind it, are handled for both deliveries.
    expect(started.entries.length).toBeLessThanOrEqual(23);
  });
}

/** What is still in a queue: everything that arrives before a marker sent now. */
async function left(harness: Harness, channels: Channels, queue: string): Promise<(string | undefined)[]> {
  const transport = await connect(harness);
  const message = {
    body: Buffer.from('x'),
    headers: {},
    properties: { messageId: 'marker', persistent: true },
  };
  await transport.publish(channels.to(queue), message, AbortSignal.timeout(30_000));
  const journal = await collect(transport, channels.rest(queue));
  for (let count = 1; ; count++) {
    const ids = (await journal.reaches(count)).map(({ properties }) => properties.messageId);
    // Where queues keep no order, copies may come with it and behind it.
    if (ids.includes('marker')) return ids.filter((id) => id !== 'marker');
  }
}
