import { afterEach, expect, it, vi } from 'vitest';
import { deferred } from '../../../runtime/core/abort.ts';
import {
  defineConsumer,
  defineProducer,
  defineService,
  memoryStore,
  type ProducerMap,
  type ServiceDefinition,
  startService,
  TopologyError,
} from '../../../runtime/index.ts';
import { type MemoryBroker, memoryBroker } from '../../../runtime/memory/index.ts';
import { Journal, MemoryLog, type OrderPlaced, orderPlaced } from '../support/scenario.ts';

let broker: MemoryBroker;
afterEach(() => broker.close());

function topics(...names: string[]) {
  broker = memoryBroker({ topics: names.map((name) => ({ name, partitions: 3 })) });
}

const noRetry = { backoff: 'fixed', baseDelayMs: 1, maxDelayMs: 1, jitter: 'none', tiers: [] } as const;

const producers = {
  orders: defineProducer({ broker: 'b', to: { topic: 'orders' }, messages: [orderPlaced] }),
};

function service(group: string, handled: Journal<string>, name = group) {
  return defineService({
    name,
    producers,
    consumers: {
      work: defineConsumer<OrderPlaced, typeof producers>({
        broker: 'b',
        topic: 'orders',
        group,
        retryTopic: `${group}.retry`,
        messages: [orderPlaced],
        handler: ({ data }) => {
          if (data.n < 0) throw new Error('negative');
          handled.add(`${name}:${data.id}/${data.n}`);
        },
        ordering: 'per-key',
        retry: { maxAttempts: 1, ...noRetry },
        deadLetter: { topic: `${group}.dlq` },
        idempotency: {},
      }),
    },
  });
}

const start = <P extends ProducerMap>(definition: ServiceDefinition<P>) =>
  startService(definition, {
    transports: { b: broker.transport() },
    store: memoryStore(),
    log: new MemoryLog(),
  });

it('gives each record to every group and to one member of each, in the order of its key', async () => {
  topics('orders', 'a.retry', 'a.dlq', 'b.retry', 'b.dlq');
  const handled = new Journal<string>();
  const first = await start(service('a', handled, 'a1'));
  const others = [await start(service('a', handled, 'a2')), await start(service('b', handled))];
  for (let n = 0; n < 20; n++) {
    for (const id of ['x', 'y', 'z']) await first.producers.orders.send('order.placed', { id, n });
  }
  await broker.idle();
  const of = (pattern: RegExp) => handled.entries.filter((entry) => pattern.test(entry));
  expect(of(/^a/)).toHaveLength(60);
  expect(of(/^b/)).toHaveLength(60);
  for (const id of ['x', 'y', 'z']) {
    for (const group of ['a', 'b']) {
      const entries = of(new RegExp(`^${group}.*${id}/`));
      expect(entries.map((entry) => Number(entry.split('/')[1]))).toEqual(
        Array.from({ length: 20 }, (_, n) => n),
      );
      expect(new Set(entries.map((entry) => entry.split(':')[0])).size).toBe(1);
    }
  }
  for (const member of [first, ...others]) expect(await member.stop()).toBe(true);
});

it('goes on where the group has stopped, and dead-letters into a topic', async () => {
  topics('orders', 'g.retry', 'g.dlq');
  const handled = new Journal<string>();
  const first = await start(service('g', handled));
  const { orders } = first.producers;
  await orders.send('order.placed', { id: 'x', n: 1 }, { eventId: 'one' });
  await orders.send('order.placed', { id: 'x', n: -1 }, { eventId: 'bad' });
  await broker.idle();
  const [letter] = broker.messages('g.dlq');
  expect(letter?.headers).toMatchObject({
    'loom-event-id': 'bad',
    'loom-dlq-topic': 'g.retry',
    'loom-original-topic': 'orders',
  });
  await first.stop();
  const second = await start(service('g', handled));
  await second.producers.orders.send('order.placed', { id: 'x', n: 2 });
  await broker.idle();
  expect(handled.entries).toEqual(['g:x/1', 'g:x/2']);
  await second.stop();
});

it('leaves nothing behind for the next member when a message fails while its partition goes there', async () => {
  topics('orders', 'a.retry', 'a.dlq');
  const attempts = new Journal<string>();
  const begun = new Journal<string>();
  const gate = deferred<void>();
  const member = (name: string, before: Promise<void>) =>
    start(
      defineService({
        name,
        producers,
        consumers: {
          work: defineConsumer<OrderPlaced, typeof producers>({
            broker: 'b',
            topic: 'orders',
            group: 'a',
            retryTopic: 'a.retry',
            messages: [orderPlaced],
            handler: async ({ data }, { attempt }) => {
              begun.add(data.id);
              await before;
              attempts.add(`${data.id} ${attempt}`);
              if (attempt === 1) throw new Error('not yet');
            },
            retry: { ...noRetry, maxAttempts: 2, tiers: [{ topic: 'a.retry', delayMs: 1 }] },
            deadLetter: { topic: 'a.dlq' },
            idempotency: false,
          }),
        },
      }),
    );
  const first = await member('a1', gate.promise);
  const ids = ['u', 'v', 'w', 'x', 'y', 'z'];
  for (const id of ids) await first.producers.orders.send('order.placed', { id, n: 0 });
  await vi.waitFor(() => expect(begun.entries).toHaveLength(ids.length));
  const second = await member('a2', Promise.resolve());
  gate.resolve();
  await broker.idle();
  expect([...attempts.entries].sort()).toEqual(ids.flatMap((id) => [`${id} 1`, `${id} 2`]));
  for (const each of [first, second]) expect(await each.stop()).toBe(true);
});

it('refuses names and settings that do not fit', async () => {
  topics('orders', 'g.retry');
  await expect(start(service('g', new Journal()))).rejects.toThrow(/g\.dlq/);
  const declared = broker.transport().assertTopology({ topics: [{ name: 'orders', partitions: 4 }] });
  await expect(declared).rejects.toThrow(TopologyError);
});
