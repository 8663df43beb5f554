import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { defineService, listDeadLetters, replayDeadLetters, type Transport } from '../../../runtime/index.ts';
import { sns, snsAdmin } from '../../../runtime/sns/index.ts';
import { sqs, sqsAdmin } from '../../../runtime/sqs/index.ts';
import { memoryStore } from '../../../runtime/stores/memory.ts';
import type { Harness } from '../../runtime/conformance/index.ts';
import { serve } from '../../runtime/conformance/world.ts';
import { fifoQueues, sqsQueues } from '../../runtime/support/channels.ts';
import { collect, Journal, MemoryLog } from '../../runtime/support/scenario.ts';
import { awsConfig, startAws } from '../support/aws.ts';
import type { Broker } from '../support/broker.ts';
import { RefusingAws } from '../support/refusingAws.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('SQS and SNS', { brokers: ['sqs'], control: true }, () => {
  let aws: Broker;
  beforeAll(async () => {
    aws = await startAws();
  });
  afterAll(() => aws?.dispose());

  const soon = () => AbortSignal.timeout(30_000);
  const names = { exchanges: [], queues: [] };

  async function connect(make: typeof sqs, url = aws.url): Promise<Transport> {
    const transport = make(awsConfig(url));
    onTestFinished(() => transport.close());
    await transport.start(names, new MemoryLog(), soon());
    return transport;
  }

  const queue = (name: string, more: object = {}) => ({
    name,
    durable: true as const,
    arguments: {
      attributes: { VisibilityTimeout: '2', ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}) },
      ...more,
    },
  });
  const topology = (...queues: ReturnType<typeof queue>[]) => ({ exchanges: [], queues, bindings: [] });
  const text = (body: string, headers: Record<string, string> = {}) => ({
    body: Buffer.from(body),
    headers,
    properties: { messageId: body, persistent: true },
  });

  it('sends again only what a batch has refused, which is in the queue once', async () => {
    const relay = await RefusingAws.start(aws.url);
    onTestFinished(() => relay.stop());
    await (await connect(sqs)).assertTopology(topology(queue('partial'), queue('partial-dlq')));
    const harness = {
      transport: () => sqs(awsConfig(relay.url)),
      store: () => memoryStore(),
    } as unknown as Harness;
    const service = await serve(
      harness,
      defineService({ name: 'sender', producers: sqsQueues.producer('partial'), consumers: {} }),
    );
    relay.refuse = (count) => (count === 10 ? [0, 1, 2] : []);
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        service.producers.orders.send('order.placed', { id: `o-${n}`, n }, { eventId: `e-${n}` }),
      ),
    );
    expect(receipts.filter(({ attempts }) => attempts > 1)).toHaveLength(3);
    expect(receipts.filter(({ attempts }) => attempts === 1)).toHaveLength(7);
    const arrived = await collect(await connect(sqs), { queue: 'partial' });
    const ids = (await arrived.reaches(10)).map(({ properties }) => properties.messageId);
    expect(new Set(ids).size).toBe(10);
    const [first, ...later] = relay.sends;
    expect(first).toBe(10);
    expect(later.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('tells of each message of a batch at SNS what became of it', async () => {
    const relay = await RefusingAws.start(aws.url);
    onTestFinished(() => relay.stop());
    await (await connect(sqs)).assertTopology(topology(queue('copies', { topics: ['told'] })));
    const admin = snsAdmin(awsConfig(aws.url), {
      exchanges: [{ name: 'told', type: 'topic', durable: true }],
      queues: [],
      bindings: [],
      subscriptions: [{ topic: 'told', queue: 'copies', attributes: { RawMessageDelivery: 'true' } }],
    });
    onTestFinished(() => admin.close());
    await admin.apply();
    const publisher = await connect(sns, relay.url);
    relay.refuse = (count) => (count === 10 ? [0, 4, 9] : []);
    const ids = Array.from({ length: 10 }, (_, n) => String(n));
    const sent = await Promise.allSettled(
      ids.map((id) => publisher.publish({ exchange: 'told', routingKey: 'x' }, text(id), soon())),
    );
    const refused = ids.filter((_, at) => sent[at]?.status === 'rejected');
    expect(refused).toEqual(['0', '4', '9']);
    expect(sent[4]).toMatchObject({ reason: { code: 'LOOM_PUBLISH_REJECTED', retryable: true } });
    const arrived = await collect(await connect(sqs), { queue: 'copies' });
    const got = (await arrived.reaches(7)).map(({ properties }) => properties.messageId);
    expect(got.sort()).toEqual(['1', '2', '3', '5', '6', '7', '8']);
  });

  it('keeps what a handler works on hidden for longer than the visibility timeout', async () => {
    await (await connect(sqs)).assertTopology(topology(queue('slow'), queue('slow-dlq')));
    const started = new Journal<string>();
    const done = new Journal<string>();
    const definition = defineService({
      name: 'slow',
      producers: sqsQueues.producer('slow'),
      consumers: {
        work: sqsQueues.consumer(
          'slow',
          async ({ envelope }) => {
            started.add(envelope.eventId);
            await new Promise((resolve) => setTimeout(resolve, 5_000));
            done.add(envelope.eventId);
          },
          { idempotency: false, deadLetter: { queue: 'slow-dlq' } },
        ),
      },
    });
    const harness = {
      transport: () => sqs(awsConfig(aws.url)),
      store: () => memoryStore(),
    } as unknown as Harness;
    const one = await serve(harness, definition);
    await serve(harness, definition);
    await one.producers.orders.send('order.placed', { id: 'o', n: 1 }, { eventId: 'e' });
    await done.reaches(1);
    expect(started.entries).toEqual(['e']);
  });

  it('hands out again what a process that is gone has held, and keeps all through a crash of the emulator', async () => {
    const transport = await connect(sqs);
    await transport.assertTopology(topology(queue('crash')));
    await transport.publish({ queue: 'crash' }, text('kept'), soon());
    const held = new Journal<boolean>();
    const subscribed = await connect(sqs);
    await subscribed.subscribe({
      queue: 'crash',
      prefetch: 1,
      onDelivery: ({ redelivered }) => held.add(redelivered),
    });
    await held.reaches(1);
    await aws.kill();
    expect(transport.connected || subscribed.connected).toBeDefined();
    await aws.start();
    // Nothing is settled: what was held comes back by itself.
    const again = await collect(await connect(sqs), { queue: 'crash' });
    await subscribed.close();
    expect((await again.reaches(1)).map(({ properties }) => properties.messageId)).toEqual(['kept']);
    await expect.poll(() => transport.connected, { timeout: 20_000 }).toBe(true);
  });

  it('holds a message back for longer than SQS can, and no longer', async () => {
    const transport = await connect(sqs);
    await transport.assertTopology(topology(queue('late')));
    const due = new Date(Date.now() + 4_000).toISOString();
    await transport.publish({ queue: 'late' }, text('later', { 'loom-due-time': due }), soon());
    await transport.publish({ queue: 'late' }, text('now'), soon());
    const journal = await collect(transport, { queue: 'late' });
    const order = (await journal.reaches(2)).map(({ properties }) => properties.messageId);
    expect(order).toEqual(['now', 'later']);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(due) - 1_000);
  });

  it('fans out by filter, raw, with a message of a group in its group', async () => {
    const queues = [
      queue('all', { topics: ['news.fifo'] }),
      queue('some', { topics: ['news.fifo'] }),
      queue('ordered.fifo', { topics: ['news.fifo'] }),
    ];
    const raw = { RawMessageDelivery: 'true' };
    const filter = {
      FilterPolicy: JSON.stringify({ 'loom-event-type': ['made'], tenant: [{ prefix: 'a' }] }),
    };
    const attributes = { FifoTopic: 'true', ContentBasedDeduplication: 'false' };
    const topics = {
      exchanges: [
        { name: 'news.fifo', type: 'topic' as const, durable: true as const, arguments: { attributes } },
      ],
      queues: [],
      bindings: [],
      subscriptions: [
        { topic: 'news.fifo', queue: 'all', attributes: raw },
        {
          topic: 'news.fifo',
          queue: 'some',
          attributes: { ...raw, ...filter, FilterPolicyScope: 'MessageAttributes' },
        },
        { topic: 'news.fifo', queue: 'ordered.fifo', attributes: raw },
      ],
    };
    const [ofQueues, ofTopics] = [
      sqsAdmin(awsConfig(aws.url), topology(...queues)),
      snsAdmin(awsConfig(aws.url), topics),
    ];
    onTestFinished(async () => void (await Promise.all([ofQueues.close(), ofTopics.close()])));
    expect((await ofTopics.verify()).differences).toHaveLength(4);
    expect((await ofQueues.apply()).created).toHaveLength(6);
    expect((await ofTopics.apply()).created).toHaveLength(4);
    for (const admin of [ofQueues, ofTopics]) {
      expect((await admin.verify()).differences).toEqual([]);
      expect((await admin.apply()).created).toEqual([]);
    }

    const publisher = await connect(sns);
    const send = (id: string, type: string, tenant: string) =>
      publisher.publish(
        { exchange: 'news.fifo', routingKey: type, key: tenant },
        text(id, { 'loom-event-type': type, tenant }),
        soon(),
      );
    await send('1', 'made', 'acme');
    await send('2', 'gone', 'acme');
    await send('3', 'made', 'other');
    const transport = await connect(sqs);
    const idsIn = async (name: string, count: number) =>
      (await (await collect(transport, { queue: name })).reaches(count))
        .map(({ properties }) => properties.messageId)
        .sort();
    expect(await idsIn('all', 3)).toEqual(['1', '2', '3']);
    expect(await idsIn('some', 1)).toEqual(['1']);
    const grouped = new Journal<{ id: string | undefined; key: unknown }>();
    await transport.subscribe({
      queue: 'ordered.fifo',
      prefetch: 10,
      onDelivery: (delivery) => {
        grouped.add({ id: delivery.message.properties.messageId, key: delivery.origin.key });
        delivery.ack();
      },
    });
    const seen = await grouped.reaches(3);
    expect(seen.filter(({ key }) => key === 'acme').map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('refuses to start at SNS when a topic is missing, and to publish there', async () => {
    const transport = sns(awsConfig(aws.url));
    onTestFinished(() => transport.close());
    await expect(
      transport.start({ exchanges: ['absent'], queues: [] }, new MemoryLog(), soon()),
    ).rejects.toThrow(/topic absent does not exist/);
    await expect(
      transport.publish({ exchange: 'absent', routingKey: 'x' }, text('x'), soon()),
    ).rejects.toThrow(/topic absent does not exist/);
  });

  it('replays dead letters of a FIFO queue into the group that they came from, however many of one group', async () => {
    const transport = await connect(sqs);
    await transport.assertTopology(topology(queue('books.fifo'), queue('books-dlq.fifo')));
    const attempts = new Journal<string>();
    let healed = false;
    const harness = { transport: () => sqs(awsConfig(aws.url)), store: () => store } as unknown as Harness;
    const store = memoryStore();
    const service = await serve(
      harness,
      defineService({
        name: 'books',
        producers: fifoQueues.producer('books.fifo', true),
        consumers: {
          work: fifoQueues.consumer(
            'books.fifo',
            ({ data }) => {
              if (!healed) throw new Error('not yet');
              attempts.add(`${data.id}/${data.n}`);
            },
            {
              ordering: 'per-key',
              deadLetter: { queue: 'books-dlq.fifo' },
              retry: fifoQueues.retry('books.fifo', { maxAttempts: 1, tiers: [] }),
            },
          ),
        },
      }),
    );
    for (const n of [1, 2, 3]) await service.producers.orders.send('order.placed', { id: 'same', n });
    await expect
      .poll(async () => (await listDeadLetters(transport, 'books-dlq.fifo')).length, { timeout: 30_000 })
      .toBe(3);
    healed = true;
    await expect
      .poll(async () => (await replayDeadLetters(transport, 'books-dlq.fifo', {}, soon())).settled, {
        timeout: 30_000,
      })
      .toBe(3);
    expect([...(await attempts.reaches(3))].sort()).toEqual(['same/1', 'same/2', 'same/3']);
  });

  it('replays letters one by one where the service knows no task that moves them', async () => {
    const redrive = { redrive: { queue: 'plain-dlq', maxReceiveCount: 50 } };
    const log = new MemoryLog();
    const transport = sqs(awsConfig(aws.url));
    onTestFinished(() => transport.close());
    await transport.start(names, log, soon());
    await transport.assertTopology(topology(queue('plain', redrive), queue('plain-dlq')));
    for (const id of ['a', 'b', 'c'])
      await transport.publish(
        { queue: 'plain-dlq' },
        text(id, { 'loom-dlq-id': id, 'loom-dlq-queue': 'plain' }),
        soon(),
      );
    const report = await replayDeadLetters(transport, 'plain-dlq', {}, soon());
    expect(report).toEqual({ settled: 3, skipped: 0, complete: true });
    const [said] = log.lines.filter(({ message }) => message.includes('one by one'));
    expect(said).toMatchObject({ level: 'info', fields: { queue: 'plain-dlq' } });
    const arrived = await (await collect(await connect(sqs), { queue: 'plain' })).reaches(3);
    for (const { headers } of arrived) expect(headers).toHaveProperty('loom-replay-id');
  });
});
