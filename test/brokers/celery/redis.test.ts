import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { celeryRedis, schedule } from '../../../runtime/celery/redis/index.ts';
import { listDeadLetters, replayDeadLetters } from '../../../runtime/core/deadLetters.ts';
import { redisStore } from '../../../runtime/stores/redis.ts';
import type { Broker } from '../support/broker.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';
import { outlivesStuckHandler, waitsForKeys } from './limits.ts';
import { order, recordOf, type Sender, startSender } from './orders.ts';
import { PaymentWorker } from './worker.ts';

describeWithBrokers('a generated worker over Redis', { brokers: ['redis', 'python'] }, () => {
  let redis: Broker;
  let store: Broker;
  let worker: PaymentWorker;
  let sender: Sender;
  const transport = () => celeryRedis({ url: redis.url });

  beforeAll(async () => {
    [redis, store] = await Promise.all([startRedis(), startRedis()]);
    worker = await PaymentWorker.generate('test/faults/designs/celery.loom.yaml', {
      LISTS_URL: redis.url,
      STORE_URL: store.url,
    });
    sender = await startSender(transport());
    await worker.start();
  });

  afterAll(async () => {
    await sender?.stop();
    await worker?.process.terminate();
    await Promise.all([redis?.dispose(), store?.dispose()]);
  });

  test('handles a task once, with its data, headers and trace context as they were sent', async () => {
    const eventId = randomUUID();
    const data = { ...order('o-1'), note: 'žluťoučký "кінь" 🐎 \u2028 </script> ${x} {{y}}' };
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const options = { eventId, correlationId: 'cor-1', traceparent, headers: { tenant: 't-1' } };
    await sender.producers.checkout.send('order.created', data, options);
    await sender.producers.checkout.send('order.created', data, options);
    const [seen] = await worker.calls(eventId);
    expect(seen).toMatchObject({ data, attempt: 1, correlationId: 'cor-1', traceparent, tenant: 't-1' });
    await worker.process.waitUntil('suppressing the copy', async () =>
      /deliveries_total\{[^}]*consumer="take-payment"[^}]*outcome="duplicate"[^}]*\} [1-9]/.test(
        await worker.metrics(),
      ),
    );
    expect(await worker.calls(eventId)).toHaveLength(1);
  });

  test('begins a task when it is due, and none that has expired', async () => {
    const [late, expired] = [randomUUID(), randomUUID()];
    const sentAt = Date.now() / 1000;
    const past = new Date(Date.now() - 1_000);
    await sender.producers.checkout.send('order.created', order('expired'), {
      eventId: expired,
      headers: schedule({ expires: past }),
    });
    await sender.producers.checkout.send('order.created', order('late'), {
      eventId: late,
      headers: schedule({ countdownMs: 1_500 }),
    });
    const [seen] = await worker.calls(late);
    expect(seen?.at).toBeGreaterThanOrEqual(sentAt + 1.4);
    expect(worker.seen.filter(({ id }) => id === expired)).toEqual([]);
  });

  test('takes tasks in the order of their priority', async () => {
    const ids: string[] = [];
    const send = async (name: string, priority: number) => {
      const eventId = randomUUID();
      ids.push(eventId);
      await sender.producers.checkout.send('order.created', order(name), {
        eventId,
        headers: schedule({ priority }),
      });
    };
    // Keeps every process busy, so that the rest waits in the lists.
    for (let n = 0; n < 12; n++) await send('slow', 0);
    for (let n = 0; n < 4; n++) await send('slow-9', 9);
    for (let n = 0; n < 4; n++) await send('slow-3', 3);
    await worker.process.waitUntil('handling all', async () => {
      const seen = new Set(worker.seen.map(({ id }) => id));
      return ids.every((id) => seen.has(id));
    });
    const names = worker.seen.filter(({ id }) => ids.includes(id)).map(({ data }) => data.orderId);
    expect(names.lastIndexOf('slow-3')).toBeLessThan(names.indexOf('slow-9'));
  });

  test('tries again with back-off, then publishes a dead letter that can be replayed', async () => {
    const eventId = randomUUID();
    await sender.producers.checkout.send('order.created', order('bad-1'), { eventId });
    expect((await worker.calls(eventId, 3)).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const tool = transport();
    const letters = async () =>
      (await listDeadLetters(tool, 'take-payment.dlq')).filter((each) => each.eventId === eventId);
    await worker.process.waitUntil('dead-lettering', async () => (await letters()).length > 0);
    const [letter] = await letters();
    expect(letter).toMatchObject({
      reason: 'attempts-exhausted',
      attempts: 3,
      error: 'RuntimeError: cannot be paid',
      consumer: 'payment.take-payment',
      queue: 'payments',
      type: 'order.created',
      key: 'c-1',
    });
    expect(Buffer.from(letter?.message.body ?? []).toString()).toBe(JSON.stringify(order('bad-1')));
    const report = await replayDeadLetters(
      tool,
      'take-payment.dlq',
      {
        select: (each) => each.eventId === eventId,
      },
      AbortSignal.timeout(20_000),
    );
    expect(report.settled).toBe(1);
    expect((await worker.calls(eventId, 6)).map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1, 2, 3]);
    await tool.close();
  });

  test('dead-letters what no task can be made of, byte for byte', async () => {
    const tool = transport();
    await tool.start({ exchanges: [], queues: [] }, sender.log, AbortSignal.timeout(5_000));
    const bodies = ['{ "orderId": ', '', '[]', '{"orderId":""}'];
    const ids = bodies.map((): string => randomUUID());
    for (const [n, body] of bodies.entries()) {
      const headers = {
        'loom-event-id': ids[n],
        'loom-event-type': 'order.created',
        'loom-event-time': new Date().toISOString(),
      };
      const properties = { messageId: ids[n] ?? '', type: 'order.created', persistent: true };
      await tool.publish(
        { queue: 'payments' },
        { body: Buffer.from(body), headers, properties },
        AbortSignal.timeout(5_000),
      );
    }
    const admin = createClient({ url: redis.url });
    await admin.connect();
    await admin.lPush('payments', 'no message of kombu at all');
    const found = async () =>
      (await listDeadLetters(tool, 'take-payment.dlq')).filter(({ eventId }) => ids.includes(eventId));
    await worker.process.waitUntil(
      'dead-lettering all',
      async () => (await found()).length === bodies.length,
    );
    const letters = await found();
    expect(letters.map(({ reason, attempts }) => ({ reason, attempts }))).toEqual(
      bodies.map(() => ({ reason: 'invalid', attempts: 1 })),
    );
    const byId = new Map(
      letters.map((letter) => [letter.eventId, Buffer.from(letter.message.body).toString()]),
    );
    expect(ids.map((id) => byId.get(id))).toEqual(bodies);
    await worker.process.waitUntil('passing the foreign entry on', async () =>
      (await admin.lRange('take-payment.dlq', 0, -1)).includes('no message of kombu at all'),
    );
    admin.destroy();
    await tool.close();
  });

  test('shares its records with a consumer in TypeScript', async () => {
    const records = redisStore({ url: store.url });
    await records.open(AbortSignal.timeout(5_000));
    const [theirs, ours] = [randomUUID(), randomUUID()];
    await sender.producers.checkout.send('order.created', order('o-2'), { eventId: theirs });
    await worker.calls(theirs);
    await worker.process.waitUntil('done', async () => {
      const { state } = await records.claim(recordOf(theirs), 'probe', 1_000, '');
      return state === 'done';
    });
    expect(await records.claim(recordOf(ours), 'token', 10_000, '')).toEqual({ state: 'claimed' });
    await records.finish(recordOf(ours), 'token', { state: 'done' }, 60_000);
    const before = worker.seen.length;
    await sender.producers.checkout.send('order.created', order('o-3'), { eventId: ours });
    const next = randomUUID();
    await sender.producers.checkout.send('order.created', order('o-4'), { eventId: next });
    await worker.calls(next);
    expect(worker.seen.slice(before).map(({ id }) => id)).not.toContain(ours);
    await records.close();
  });

  test('waits for a key that another holds, and handles its task with the whole of its time', () =>
    waitsForKeys(worker, sender, store.url));

  test('kills the process of a task at its hard limit, and hands the task out again', () =>
    outlivesStuckHandler(worker, sender));

  test('goes on when the broker was away as every task was to be acknowledged', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const send = (eventId: string, name: string) =>
      sender.producers.checkout.send('order.created', order(name), { eventId });
    for (const eventId of ids) await send(eventId, 'slow');
    for (const eventId of ids) await worker.calls(eventId);
    await redis.kill();
    await worker.process.waitOutput(/Couldn't ack/);
    // They all end within a moment.
    await pause(500);
    await redis.start();
    const next = randomUUID();
    await send(next, 'next');
    await worker.calls(next);
  });
});
