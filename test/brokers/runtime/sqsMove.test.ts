import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { clientSettings } from '../../../runtime/aws/config.ts';
import {
  defineService,
  NonRetryableError,
  type ReplayOptions,
  replayDeadLetters,
  type Transport,
} from '../../../runtime/index.ts';
import { sqs } from '../../../runtime/sqs/index.ts';
import { memoryStore } from '../../../runtime/stores/memory.ts';
import type { Harness } from '../../runtime/conformance/index.ts';
import { freshName, serve, soon } from '../../runtime/conformance/world.ts';
import { sqsQueues } from '../../runtime/support/channels.ts';
import { collect, Journal, MemoryLog, type OrderHandler } from '../../runtime/support/scenario.ts';
import { awsConfig } from '../support/aws.ts';
import type { Broker } from '../support/broker.ts';
import { startElasticMq } from '../support/elasticmq.ts';
import { describeWithBrokers } from '../support/require.ts';

describeWithBrokers('dead letters that SQS moves by itself', { brokers: ['elasticmq'] }, () => {
  let aws: Broker;
  let client: SQSClient;
  beforeAll(async () => {
    aws = await startElasticMq();
    client = new SQSClient({ ...clientSettings(awsConfig(aws.url)), useQueueUrlAsEndpoint: false });
  });
  afterAll(async () => {
    client?.destroy();
    await aws?.dispose();
  });

  async function connect(): Promise<Transport> {
    const transport = sqs(awsConfig(aws.url));
    onTestFinished(() => transport.close());
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), soon());
    return transport;
  }

  const topology = (dlq: string, sources: readonly string[]) => ({
    exchanges: [],
    queues: [
      { name: dlq, durable: true },
      ...sources.map((name) => ({
        name,
        durable: true,
        arguments: { redrive: { queue: dlq, maxReceiveCount: 50 } },
      })),
    ],
    bindings: [],
  });

  async function work(): Promise<string> {
    const name = freshName();
    await (await connect()).assertTopology(topology(`${name}-dlq`, [name]));
    return name;
  }

  /** Letters as the consumer of the queue leaves them. */
  async function filled(count: number): Promise<string> {
    const name = await work();
    await fill(name, `${name}-dlq`, count);
    return name;
  }

  async function fill(name: string, dlq: string, count: number): Promise<void> {
    const transport = await connect();
    await Promise.all(
      Array.from({ length: count }, (_, n) => {
        const headers = { 'loom-dlq-id': `${name} ${n}`, 'loom-dlq-queue': name };
        const message = { body: Buffer.from('{}'), headers, properties: { persistent: true } };
        return transport.publish({ queue: dlq }, message, soon());
      }),
    );
  }

  async function attributes(name: string): Promise<{ arn: string; messages: number }> {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const { QueueArn = '', ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    const counts = [ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible].map(Number);
    return { arn: QueueArn, messages: counts.reduce((sum, count) => sum + count) };
  }
  const messagesIn = async (name: string) => (await attributes(name)).messages;

  async function tasksOf(name: string) {
    const { arn } = await attributes(name);
    const command = new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 10 });
    return (await client.send(command)).Results ?? [];
  }

  function service(queue: string, handler: OrderHandler) {
    const store = memoryStore();
    const harness = { transport: () => sqs(awsConfig(aws.url)), store: () => store } as unknown as Harness;
    return serve(
      harness,
      defineService({
        name: 'svc',
        producers: sqsQueues.producer(queue),
        consumers: { work: sqsQueues.consumer(queue, handler, { deadLetter: { queue: `${queue}-dlq` } }) },
      }),
    );
  }

  it('has a hundred that a consumer with a key store has buried handled once each', async () => {
    const queue = await work();
    const handled = new Journal<string>();
    let isMended = false;
    const { producers } = await service(queue, ({ envelope }, { attempt }) => {
      if (!isMended) throw new NonRetryableError('broken');
      handled.add(`${envelope.eventId} ${attempt}`);
    });
    const ids = Array.from({ length: 100 }, (_, n) => `e-${n}`);
    await Promise.all(
      ids.map((eventId, n) => producers.orders.send('order.placed', { id: eventId, n }, { eventId })),
    );
    await expect.poll(() => messagesIn(`${queue}-dlq`), { timeout: 20_000 }).toBe(100);
    isMended = true;
    const told: number[] = [];
    const report = await replayDeadLetters(
      await connect(),
      `${queue}-dlq`,
      { onMoved: (total) => told.push(total) },
      soon(),
    );
    expect(report).toEqual({ settled: 100, skipped: 0, complete: true });
    expect(told.at(-1)).toBe(100);
    expect(await tasksOf(`${queue}-dlq`)).toMatchObject([{ Status: 'COMPLETED' }]);
    await expect.poll(() => handled.entries.length, { timeout: 10_000 }).toBe(100);
    await expect.poll(() => messagesIn(queue), { timeout: 20_000 }).toBe(0);
    expect([...handled.entries].sort()).toEqual(ids.map((id) => `${id} 1`).sort());
    expect(await messagesIn(`${queue}-dlq`)).toBe(0);
  });

  it('moves no more a second than it is told, and ends at the signal', async () => {
    const queue = await filled(40);
    const stop = new AbortController();
    const replay = replayDeadLetters(await connect(), `${queue}-dlq`, { perSecond: 8 }, stop.signal);
    await expect.poll(() => messagesIn(queue), { timeout: 10_000 }).toBeGreaterThan(2);
    const [task] = await tasksOf(`${queue}-dlq`);
    expect(task).toMatchObject({ Status: 'RUNNING', MaxNumberOfMessagesPerSecond: 8 });
    const began = task?.StartedTimestamp ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    stop.abort();
    const { settled, complete } = await replay;
    expect(complete).toBe(false);
    expect(settled).toBeGreaterThan(2);
    expect(settled).toBeLessThan(8 * ((Date.now() - began) / 1_000 + 1));
    // Nothing moves any more, and what was not moved is there for the next run.
    expect(await messagesIn(queue)).toBe(settled);
    const rest = await replayDeadLetters(await connect(), `${queue}-dlq`, {}, soon());
    expect(rest).toEqual({ settled: 40 - settled, skipped: 0, complete: true });
    expect(await messagesIn(queue)).toBe(40);
  });

  it('waits for the task of a process that is gone', async () => {
    const queue = await filled(30);
    const first = await connect();
    const left = replayDeadLetters(first, `${queue}-dlq`, { perSecond: 15 }, soon());
    left.catch(() => {});
    await expect.poll(() => messagesIn(queue), { timeout: 10_000 }).toBeGreaterThan(0);
    await first.close();
    await expect(left).rejects.toThrow('The connection to SQS is closed.');
    const second = await connect();
    await expect(replayDeadLetters(second, `${queue}-dlq`, { perSecond: 5 }, soon())).rejects.toThrow(
      /is running, faster than 5 a second: wait for its end, or cancel it/,
    );
    const report = await replayDeadLetters(second, `${queue}-dlq`, { perSecond: 20 }, soon());
    expect(report).toEqual({ settled: 30, skipped: 0, complete: true });
    expect(await tasksOf(`${queue}-dlq`)).toHaveLength(1);
    expect(await messagesIn(queue)).toBe(30);
  });

  it('stays away from a task that moves the letters elsewhere', async () => {
    const [queue, elsewhere] = [await filled(20), await work()];
    const [from, to] = [await attributes(`${queue}-dlq`), await attributes(elsewhere)];
    const move = { SourceArn: from.arn, DestinationArn: to.arn, MaxNumberOfMessagesPerSecond: 2 };
    await client.send(new StartMessageMoveTaskCommand(move));
    await expect(replayDeadLetters(await connect(), `${queue}-dlq`, {}, soon())).rejects.toThrow(
      `A task that moves the messages of ${queue}-dlq is running, to ${to.arn}: wait for its end, or cancel it`,
    );
  });

  it('ends a task that moves what has died again, over and over', async () => {
    const queue = await work();
    const { producers } = await service(queue, () => {
      throw new NonRetryableError('still broken');
    });
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => producers.orders.send('order.placed', { id: `o-${n}`, n })),
    );
    await expect.poll(() => messagesIn(`${queue}-dlq`), { timeout: 20_000 }).toBe(10);
    const report = await replayDeadLetters(await connect(), `${queue}-dlq`, { perSecond: 20 }, soon());
    expect(report.complete).toBe(false);
    expect(report.settled).toBeGreaterThan(20);
    expect(report.settled).toBeLessThan(80);
    await expect.poll(() => messagesIn(`${queue}-dlq`), { timeout: 20_000 }).toBe(10);
  });

  it('sends letters of two queues back one by one, each to its own', async () => {
    const [one, other, shared] = [freshName(), freshName(), `${freshName()}-dlq`];
    const transport = await connect();
    await transport.assertTopology(topology(shared, [one, other]));
    await fill(one, shared, 3);
    await fill(other, shared, 2);
    const report = await replayDeadLetters(transport, shared, {}, soon());
    expect(report).toEqual({ settled: 5, skipped: 0, complete: true });
    expect(await tasksOf(shared)).toEqual([]);
    expect([await messagesIn(one), await messagesIn(other)]).toEqual([3, 2]);
  });

  it('sends one by one what is selected, or not to be moved', async () => {
    const queue = await filled(6);
    const dlq = `${queue}-dlq`;
    const settled = async (options: ReplayOptions) => {
      const transport = await connect();
      const report = await replayDeadLetters(transport, dlq, options, soon());
      // Gives back what it has looked at.
      await transport.close();
      return report.settled;
    };
    expect(await settled({ select: ({ id }) => id === `${queue} 5` })).toBe(1);
    expect(await settled({ oneByOne: true })).toBe(5);
    expect(await tasksOf(dlq)).toEqual([]);
    const arrived = await (await collect(await connect(), { queue })).reaches(6);
    for (const { headers } of arrived) expect(headers).toHaveProperty('loom-replay-id');
  });
});
