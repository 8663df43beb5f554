import { Reader, readRecordsBatches } from '@platformatic/kafka';
import { expect, it } from 'vitest';
import { MessageTooLargeError, TopologyError } from '../../../runtime/core/errors.ts';
import type { Batch, Send } from '../../../runtime/kafka/batch.ts';
import { PartitionLane } from '../../../runtime/kafka/partitionLane.ts';

const codes = {
  ok: 0,
  notLeader: 6,
  tooLarge: 10,
  forbidden: 29,
  outOfOrder: 45,
  duplicate: 46,
} as const;

/** A send that tells how it ended: `true` confirmed, an error, or `undefined` while it waits. */
function sendOf(text: string) {
  const outcome: { value: true | Error | undefined } = { value: undefined };
  const send: Send = {
    record: { topic: 't', partition: 0, value: Buffer.from(text), timestamp: 0n },
    bytes: text.length,
    signal: new AbortController().signal,
    get settled() {
      return outcome.value !== undefined;
    },
    settle: (error) => {
      outcome.value ??= error ?? true;
    },
  };
  return { send, outcome };
}

function laneWith(...texts: string[]) {
  const lane = new PartitionLane('t', 0);
  lane.identify({ producerId: 7n, epoch: 0 });
  const sends = texts.map(sendOf);
  for (const { send } of sends) lane.add(send);
  return { lane, sends, outcomes: () => sends.map(({ outcome }) => outcome.value) };
}

/** What a batch says of itself. */
function contentOf(batch: Batch | undefined) {
  const [read] = readRecordsBatches(Reader.from(batch?.encoded ?? Buffer.alloc(0)));
  return {
    producer: `${read?.producerId}/${read?.producerEpoch}`,
    sequence: read?.firstSequence,
    values: read?.records.map(({ value }) => value?.toString()),
  };
}

/** Repetitions wait for their back-off. */
async function next(lane: PartitionLane): Promise<Batch> {
  for (;;) {
    const batch = lane.take();
    if (batch !== undefined) return batch;
    await new Promise((resolve) => setTimeout(resolve, lane.dueIn() ?? 0));
  }
}

it('sends one batch at a time, each under the next sequence numbers', () => {
  const { lane, outcomes } = laneWith('a', 'b');
  expect(contentOf(lane.take())).toEqual({ producer: '7/0', sequence: 0, values: ['a', 'b'] });
  const later = sendOf('c');
  lane.add(later.send);
  expect(lane.dueIn()).toBeUndefined();
  expect(lane.take()).toBeUndefined();
  lane.answer(codes.ok, null);
  expect(outcomes()).toEqual([true, true]);
  expect(contentOf(lane.take())).toEqual({ producer: '7/0', sequence: 2, values: ['c'] });
});

it('repeats the very same bytes until they are taken, and takes a duplicate for a confirmation', async () => {
  const { lane, outcomes } = laneWith('a');
  const first = lane.take()?.encoded;
  expect(lane.answer(codes.notLeader, null)).toBe(true);
  lane.add(sendOf('b').send);
  expect((await next(lane)).encoded).toBe(first);
  lane.repeat();
  expect((await next(lane)).encoded).toBe(first);
  lane.answer(codes.duplicate, null);
  expect(outcomes()).toEqual([true]);
  expect(contentOf(lane.take())).toMatchObject({ sequence: 1, values: ['b'] });
});

it('goes on under the next epoch when everybody has given up waiting for a batch', async () => {
  const { lane, sends } = laneWith('a');
  lane.take();
  sends[0]?.send.settle(new Error('late'));
  lane.add(sendOf('b').send);
  // Still on its way: nothing may overtake it under the same epoch.
  expect(lane.take()).toBeUndefined();
  lane.repeat();
  expect(contentOf(await next(lane))).toEqual({ producer: '7/1', sequence: 0, values: ['b'] });
});

it('repeats under new numbers what the broker has lost count of, without those who no longer wait', async () => {
  const { lane, sends } = laneWith('a', 'b');
  lane.take();
  sends[0]?.send.settle(new Error('late'));
  expect(lane.answer(codes.outOfOrder, null)).toBe(false);
  expect(contentOf(await next(lane))).toEqual({ producer: '7/1', sequence: 0, values: ['b'] });
});

it('asks for another producer when its epochs are used up', async () => {
  const lane = new PartitionLane('t', 0);
  lane.identify({ producerId: 7n, epoch: 2 ** 15 - 1 });
  const { send, outcome } = sendOf('a');
  lane.add(send);
  lane.take();
  lane.answer(codes.outOfOrder, null);
  expect(lane.needsProducerId).toBe(true);
  lane.identify({ producerId: 8n, epoch: 0 });
  expect(contentOf(await next(lane))).toEqual({ producer: '8/0', sequence: 0, values: ['a'] });
  lane.answer(codes.ok, null);
  expect(outcome.value).toBe(true);
});

it('splits a batch that is too large, down to the record that is too large by itself', async () => {
  const { lane, outcomes } = laneWith('a', 'b', 'c');
  lane.take();
  lane.answer(codes.tooLarge, null);
  expect(contentOf(await next(lane))).toMatchObject({ sequence: 0, values: ['a', 'b'] });
  lane.answer(codes.tooLarge, null);
  expect(contentOf(await next(lane))).toMatchObject({ sequence: 0, values: ['a'] });
  lane.answer(codes.tooLarge, null);
  expect(outcomes()[0]).toBeInstanceOf(MessageTooLargeError);
});

it('fails what waits when the topic is not for this service', () => {
  const { lane, outcomes } = laneWith('a');
  lane.take();
  lane.answer(codes.forbidden, 'ask somebody');
  expect(outcomes()[0]).toBeInstanceOf(TopologyError);
  expect(String(outcomes()[0])).toMatch(/TOPIC_AUTHORIZATION_FAILED \(ask somebody\)/);
  expect(lane.idle).toBe(true);
});

it('takes no more than the broker takes in one batch', () => {
  const big = 'x'.repeat(400_000);
  const { lane } = laneWith(big, big, big);
  expect(contentOf(lane.take()).values).toHaveLength(2);
});

it('forgets a send that nobody has seen', () => {
  const { lane, sends } = laneWith('a', 'b');
  const [first] = sends;
  if (first !== undefined) lane.forget(first.send);
  expect(contentOf(lane.take()).values).toEqual(['b']);
});
