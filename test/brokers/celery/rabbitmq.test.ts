import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { celeryRabbitmq, schedule } from '../../../runtime/celery/rabbitmq/index.ts';
import { listDeadLetters, replayDeadLetters } from '../../../runtime/core/deadLetters.ts';
import type { Transport } from '../../../runtime/core/types.ts';
import type { Broker } from '../support/broker.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { startRedis } from '../support/redis.ts';
import { describeWithBrokers } from '../support/require.ts';
import { outlivesStuckHandler, waitsForKeys } from './limits.ts';
import { order, type Sender, startSender } from './orders.ts';
import { PaymentWorker } from './worker.ts';

const needs = { brokers: ['rabbitmq', 'redis', 'python'] } as const;

describeWithBrokers('a generated worker over RabbitMQ', needs, () => {
  let rabbit: Rabbit;
  let store: Broker;
  let worker: PaymentWorker;
  let sender: Sender;
  let tool: Transport;

  beforeAll(async () => {
    [rabbit, store] = await Promise.all([startRabbit(), startRedis()]);
    worker = await PaymentWorker.generate('test/faults/designs/celery-rabbitmq.loom.yaml', {
      LISTS_URL: rabbit.url,
      STORE_URL: store.url,
    });
    tool = celeryRabbitmq({ url: rabbit.url });
    await tool.assertTopology(
      JSON.parse(readFileSync(join(worker.dir, 'brokers/tasks/queues.json'), 'utf8')),
    );
    sender = await startSender(celeryRabbitmq({ url: rabbit.url }));
    await worker.start();
  });

  afterAll(async () => {
    await tool?.close();
    await sender?.stop();
    await worker?.process.terminate();
    await Promise.all([rabbit?.dispose(), store?.dispose()]);
  });

  const send = async (orderId: string, headers = {}): Promise<string> => {
    const eventId = randomUUID();
    await sender.producers.checkout.send('order.created', order(orderId), { eventId, headers });
    return eventId;
  };

  test('handles a task, at once and when it is due', async () => {
    const [seen] = await worker.calls(await send('o-žluť'));
    expect(seen?.data).toEqual(order('o-žluť'));
    const sentAt = Date.now() / 1000;
    const [late] = await worker.calls(await send('late', schedule({ countdownMs: 1_500 })));
    expect(late?.at).toBeGreaterThanOrEqual(sentAt + 1.4);
  });

  test('tries again through delay queues, then publishes a dead letter that can be replayed', async () => {
    const eventId = await send('bad-1');
    expect((await worker.calls(eventId, 3)).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const letters = async () =>
      (await listDeadLetters(tool, 'take-payment.dlq')).filter((each) => each.eventId === eventId);
    await worker.process.waitUntil('dead-lettering', async () => (await letters()).length > 0);
    const [letter] = await letters();
    expect(letter).toMatchObject({ reason: 'attempts-exhausted', attempts: 3, queue: 'payments' });
    expect(Buffer.from(letter?.message.body ?? []).toString()).toBe(JSON.stringify(order('bad-1')));
    const select = (each: { readonly eventId: string }) => each.eventId === eventId;
    await replayDeadLetters(tool, 'take-payment.dlq', { select }, AbortSignal.timeout(20_000));
    await worker.calls(eventId, 6);
    await worker.process.waitUntil('dead-lettering again', async () => (await letters()).length > 0);
    // As a shovel does.
    const dead = await tool.fetch('take-payment.dlq');
    if (!dead) throw new Error('The dead-letter queue is empty.');
    await tool.publish({ queue: 'payments' }, dead.message, AbortSignal.timeout(5_000));
    await dead.ack();
    expect((await worker.calls(eventId, 9)).map(({ attempt }) => attempt)).toEqual([
      1, 2, 3, 1, 2, 3, 1, 2, 3,
    ]);
  });

  test('refuses a send to a queue that is missing', async () => {
    const message = { body: Buffer.from('{}'), headers: {}, properties: { persistent: true } };
    await expect(tool.publish({ queue: 'nowhere' }, message, AbortSignal.timeout(5_000))).rejects.toThrow(
      'No queue takes',
    );
  });

  test('waits for a key that another holds, and handles its task with the whole of its time', () =>
    waitsForKeys(worker, sender, store.url));

  test('kills the process of a task at its hard limit, and hands the task out again', () =>
    outlivesStuckHandler(worker, sender));
});
