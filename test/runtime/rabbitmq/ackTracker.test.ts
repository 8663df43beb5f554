import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AckTracker } from '../../../runtime/rabbitmq/ackTracker.ts';

function tracker(prefetch: number) {
  const frames: string[] = [];
  const acks = new AckTracker(prefetch, (tag, multiple) => frames.push(`${tag}${multiple ? '+' : ''}`));
  return { acks, frames };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('acknowledges everything settled in one turn of the loop with one frame', async () => {
  const { acks, frames } = tracker(100);
  for (const tag of [2, 1, 3]) acks.ack(tag);
  expect(frames).toEqual([]);
  await turn();
  acks.ack(4);
  await turn();
  expect(frames).toEqual(['3+', '4+']);
});

it('waits for a straggler, until those behind it hold half the prefetch', async () => {
  const { acks, frames } = tracker(8);
  for (const tag of [2, 3, 4]) acks.ack(tag);
  await turn();
  expect(frames).toEqual([]);
  acks.ack(5);
  await turn();
  expect(frames).toEqual(['2', '3', '4', '5']);
  acks.ack(1);
  acks.ack(6);
  await turn();
  expect(frames.slice(4)).toEqual(['6+']);
});

it('acknowledges all that is settled at the end, whatever is still before it', async () => {
  const { acks, frames } = tracker(8);
  for (const tag of [1, 3, 4]) acks.ack(tag);
  await turn();
  acks.ack(6);
  acks.flush(true);
  expect(frames).toEqual(['1+', '3', '4', '6']);
});

it('never names a tag the broker no longer knows', async () => {
  const { acks, frames } = tracker(8);
  acks.forget(1);
  acks.ack(2);
  acks.forget(3);
  await turn();
  expect(frames).toEqual(['2+']);
  acks.forget(4);
  acks.flush();
  expect(frames).toEqual(['2+']);
});

it('acknowledges every tag exactly once, in any order of settling', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.shuffledSubarray(
        Array.from({ length: 60 }, (_, i) => i + 1),
        { minLength: 60 },
      ),
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      (prefetch, order, rejected) => {
        const outstanding = new Set(order);
        const acks = new AckTracker(prefetch, (tag, multiple) => {
          expect(outstanding.has(tag)).toBe(true);
          for (const other of [...outstanding])
            if (other === tag || (multiple && other < tag)) outstanding.delete(other);
        });
        const settledTags = new Set<number>();
        order.forEach((tag, i) => {
          settledTags.add(tag);
          if (rejected[i] && tag % 5 === 0) {
            outstanding.delete(tag);
            acks.forget(tag);
          } else acks.ack(tag);
          if (i % 3 === 0) acks.flush();
          // Nothing is acknowledged before it is settled.
          for (const known of order) if (!outstanding.has(known)) expect(settledTags.has(known)).toBe(true);
        });
        acks.flush();
        expect(outstanding.size).toBe(0);
      },
    ),
  );
});
