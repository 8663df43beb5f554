import { expect, it } from 'vitest';
import { defineService } from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { Journal, type Order } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { freshWork, serve } from './world.ts';

const keys = ['a', 'b', 'c', 'd'];

export function orderSuite(harness: () => Harness, channels: Channels): void {
  it('keeps the order of each key while keys run side by side, also across cut connections', async () => {
    const queue = await freshWork(harness(), channels);
    const effects = new Journal<Order>();
    let atWork = 0;
    let mostAtWork = 0;
    const service = await serve(
      harness(),
      defineService({
        name: 'ordered',
        producers: channels.producer(queue, true),
        consumers: {
          work: channels.consumer(
            queue,
            async ({ data }) => {
              mostAtWork = Math.max(mostAtWork, ++atWork);
              await new Promise((resolve) => setImmediate(resolve));
              atWork--;
              effects.add(data);
            },
            { ordering: 'per-key', prefetch: 32, concurrency: 8 },
          ),
        },
      }),
    );
    const { orders } = service.producers;
    const sends: Promise<unknown>[] = [];
    for (let n = 0; n < 200; n++) {
      for (const id of keys)
        sends.push(orders.send('order.placed', { id, n }, { eventId: `${id}-${n}`, timeoutMs: 120_000 }));
    }
    for (const part of [100, 300, 500]) {
      await effects.reaches(part);
      expect(await harness().cut()).toBeGreaterThan(0);
    }
    await Promise.all(sends);
    await effects.reaches(800);
    expect(await service.stop()).toBe(true);
    for (const key of keys) {
      const numbers = effects.entries.filter(({ id }) => id === key).map(({ n }) => n);
      expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => n));
    }
    expect(mostAtWork).toBeGreaterThan(1);
    expect(mostAtWork).toBeLessThanOrEqual(keys.length);
  });

  it('runs one at a time where the order is total', async () => {
    const queue = await freshWork(harness(), channels, 1);
    const effects = new Journal<number>();
    let atWork = 0;
    const service = await serve(
      harness(),
      defineService({
        name: 'serial',
        producers: channels.producer(queue),
        consumers: {
          work: channels.consumer(
            queue,
            async ({ data }) => {
              expect(++atWork).toBe(1);
              await new Promise((resolve) => setImmediate(resolve));
              atWork--;
              effects.add(data.n);
            },
            { ordering: 'total' },
          ),
        },
      }),
    );
    for (let n = 0; n < 50; n++) await service.producers.orders.send('order.placed', { id: `o-${n}`, n });
    expect(await effects.reaches(50)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });
}
