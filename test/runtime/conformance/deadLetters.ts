import { expect, it } from 'vitest';
import {
  dropDeadLetters,
  listDeadLetters,
  replayDeadLetters,
  type Transport,
  type WireMessage,
} from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { collect } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { connect, freshWork, soon } from './world.ts';

/** What is given back may be hidden for a while. */
const within = { timeout: 20_000 };

export function deadLettersSuite(harness: () => Harness, channels: Channels): void {
  /** Four messages, two of them copies of one death. */
  async function filled(): Promise<{ transport: Transport; queue: string; dlq: string }> {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const dlq = `${queue}.dlq`;
    for (const id of ['a', 'b', 'b', 'c'])
      await transport.publish(channels.to(dlq), letter(id, queue, channels), soon());
    return { transport, queue, dlq };
  }

  it('lists without taking, and collapses copies', async () => {
    const { transport, dlq, queue } = await filled();
    const first = await listDeadLetters(transport, dlq);
    expect(first.map(({ id, copies }) => [id, copies])).toEqual([
      ['dlq-a', 1],
      ['dlq-b', 2],
      ['dlq-c', 1],
    ]);
    expect(first[0]).toMatchObject({
      reason: 'invalid',
      attempts: 1,
      queue: channels.own(queue),
      eventId: 'a',
      correlationId: 'corr',
    });
    await expect.poll(async () => (await listDeadLetters(transport, dlq)).length, within).toBe(3);
  });

  it('replays what is selected to the queue where it failed, once for all copies', async () => {
    const { transport, queue, dlq } = await filled();
    const replayed: string[] = [];
    const report = await replayDeadLetters(
      transport,
      dlq,
      { select: ({ id }) => id === 'dlq-b', onSettled: ({ id }) => replayed.push(id) },
      soon(),
    );
    expect(replayed).toEqual(['dlq-b']);
    expect(report).toEqual({ settled: 1, skipped: 2, complete: true });
    const [message] = await (await collect(transport, channels.all(channels.own(queue)))).reaches(1);
    expect(message?.headers).toEqual({
      'loom-event-id': 'b',
      'loom-replay-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    await expect
      .poll(async () => ids(await listDeadLetters(transport, dlq)), within)
      .toEqual(['dlq-a', 'dlq-c']);
  });

  it('keeps a dead letter whose replay is not confirmed', async () => {
    const { transport, queue, dlq } = await filled();
    await harness().deleteChannel(channels.own(queue));
    await expect(replayDeadLetters(transport, dlq, {}, soon())).rejects.toThrow(
      /No queue takes|does not exist/,
    );
    // What is given back may stand behind what was never taken: a queue of dead letters promises no order.
    await expect
      .poll(async () => ids(await listDeadLetters(transport, dlq)).sort(), within)
      .toEqual(['dlq-a', 'dlq-b', 'dlq-c']);
  });

  it('drops what is selected', async () => {
    const { transport, dlq } = await filled();
    const report = await dropDeadLetters(transport, dlq, { limit: 2 }, soon());
    expect(report).toEqual({ settled: 2, skipped: 1, complete: false });
    await expect.poll(async () => ids(await listDeadLetters(transport, dlq)), within).toEqual(['dlq-c']);
  });

  it('leaves a letter alone that dies again while the others are replayed', async () => {
    const { transport, queue, dlq } = await filled();
    const deaths: string[] = [];
    const consumer = await transport.subscribe({
      ...channels.all(channels.own(queue)),
      prefetch: 1,
      onDelivery: async (delivery) => {
        const id = String(delivery.message.headers['loom-event-id']);
        deaths.push(id);
        const { body, properties } = delivery.message;
        const headers = {
          ...delivery.message.headers,
          'loom-dlq-id': `${id} again`,
          ...channels.failedAt(queue),
        };
        await transport.publish(channels.to(dlq), { body, properties, headers }, soon());
        delivery.ack();
      },
    });
    // Slow enough for each to die before the next is replayed; however it goes, none may be replayed twice.
    await replayDeadLetters(transport, dlq, { perSecond: 20 }, soon());
    await expect
      .poll(async () => ids(await listDeadLetters(transport, dlq)).sort(), within)
      .toEqual(['a again', 'b again', 'c again']);
    expect(deaths.sort()).toEqual(['a', 'b', 'c']);
    await consumer.close();
  });

  it('ends at the signal and keeps the rest', async () => {
    const { transport, dlq } = await filled();
    const stop = new AbortController();
    const report = await dropDeadLetters(transport, dlq, { onSettled: () => stop.abort() }, stop.signal);
    expect(report.complete).toBe(false);
    await expect
      .poll(async () => (await listDeadLetters(transport, dlq)).length, within)
      .toBe(3 - report.settled);
  });
}

function ids(letters: readonly { id: string }[]): string[] {
  return letters.map(({ id }) => id);
}

function letter(id: string, name: string, channels: Channels): WireMessage {
  return {
    body: Buffer.from('{}'),
    headers: {
      'loom-event-id': id,
      'loom-dlq-id': `dlq-${id}`,
      'loom-dlq-reason': 'invalid',
      ...channels.failedAt(name),
      'loom-attempts': 1,
    },
    properties: { messageId: id, correlationId: 'corr', persistent: true },
  };
}
