import { expect, it, vi } from 'vitest';
import { deferred } from '../../../../runtime/core/abort.ts';
import type { LogRecord } from '../../../../runtime/core/partitions/assignment.ts';
import { LogIntake } from '../../../../runtime/core/partitions/intake.ts';
import type { Delivery } from '../../../../runtime/core/types.ts';

function record(offset: number, headers = {}): LogRecord {
  const message = { body: Buffer.from(String(offset)), headers, properties: { persistent: true } };
  return { offset: BigInt(offset), key: Buffer.from('k'), message };
}

function reader(prefetch = 100, work?: () => Promise<void>) {
  const given: Delivery[] = [];
  const onHungry = vi.fn();
  const onProgress = vi.fn();
  const intake = new LogIntake({
    topics: [{ topic: 't' }, { topic: 'later', maxDelayMs: 1_000 }],
    prefetch,
    onDelivery: (delivery) => {
      given.push(delivery);
      return work?.();
    },
    onHungry,
    onProgress,
  });
  const offsets = () => given.map(({ origin }) => ('offset' in origin ? Number(origin.offset) : -1));
  return { intake, given, offsets, onHungry, onProgress };
}

it('commits up to the oldest record that is not settled, over gaps', () => {
  const { intake, given } = reader();
  const partition = intake.assign('t', 0, 5n);
  expect(partition.committable).toBe(5n);
  partition.feed([record(7), record(8), record(12)], 20n);
  given[1]?.ack();
  expect(partition.committable).toBe(7n);
  given[0]?.ack();
  expect(partition.committable).toBe(12n);
  given[2]?.ack();
  expect(partition.committable).toBe(20n);
});

it('hands out no more than the prefetch over all partitions, in turn, and asks for more when one is empty', () => {
  const { intake, offsets, given, onHungry } = reader(3);
  intake.assign('t', 0, 0n).feed([record(1), record(2), record(3)], 4n);
  intake.assign('t', 1, 0n).feed([record(11), record(12)], 13n);
  expect(offsets()).toEqual([1, 2, 3]);
  onHungry.mockClear();
  given[0]?.ack();
  given[0]?.ack();
  expect(offsets()).toEqual([1, 2, 3, 11]);
  expect(onHungry).toHaveBeenCalled();
});

it('goes on with the next partition when a place is free, so that none starves the others', () => {
  const { intake, offsets, given } = reader(1);
  intake.assign('t', 0, 0n).feed([record(1), record(2), record(3)], 4n);
  intake.assign('t', 1, 0n).feed([record(11), record(12)], 13n);
  for (let n = 0; n < 4; n++) given[n]?.ack();
  expect(offsets()).toEqual([1, 2, 11, 3, 12]);
});

it('leaves nothing to commit once the partition is gone, what is at work least of all', () => {
  const { intake, given } = reader();
  const partition = intake.assign('t', 0, 0n);
  partition.feed([record(0), record(1), record(2)], 3n);
  given[0]?.ack();
  expect(partition.ended).toBe(false);
  intake.end(partition);
  expect(partition.ended).toBe(true);
  expect(partition.committable).toBe(1n);
  given[1]?.ack();
  expect(partition.committable).toBe(1n);
});

it('never commits what was read but not handed out when the partition is revoked', async () => {
  const { intake, given } = reader(1);
  const partition = intake.assign('t', 0, 0n);
  partition.feed([record(0), record(1), record(2)], 3n);
  given[0]?.ack();
  given[1]?.ack();
  const revoked = partition.revoke();
  given[2]?.ack();
  await revoked;
  expect(partition.committable).toBe(3n);
  const other = intake.assign('t', 1, 0n);
  other.feed([record(0), record(1)], 2n);
  await other.revoke();
  expect(other.committable).toBe(0n);
});

it('waits for what is at work when the partition is revoked, and counts what that settles', async () => {
  const work = deferred<void>();
  const { intake, given } = reader(10, () => work.promise);
  const partition = intake.assign('t', 0, 0n);
  partition.feed([record(0)], 1n);
  let ended = false;
  const revoked = partition.revoke().then(() => {
    ended = true;
  });
  expect([given[0]?.revoked, given[0]?.stale]).toEqual([true, false]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  given[0]?.ack();
  work.resolve();
  await revoked;
  expect(partition.committable).toBe(1n);
});

it('takes back what has not begun when the partition is revoked, but for what stands before one that has', async () => {
  const { intake, given } = reader();
  const partition = intake.assign('t', 0, 0n);
  partition.feed([record(0), record(1), record(2), record(3)], 4n);
  expect([given[0], given[2]].map((delivery) => delivery?.begin?.())).toEqual([true, true]);
  await partition.revoke();
  expect(given.map((delivery) => delivery.begin?.())).toEqual([true, true, true, false]);
  for (const delivery of given.slice(0, 3)) delivery.ack();
  expect(partition.committable).toBe(3n);
});

it('ignores what is settled after the partition is gone, also when it has come back', () => {
  const { intake, given } = reader();
  const first = intake.assign('t', 0, 0n);
  first.feed([record(0), record(1)], 2n);
  intake.end(first);
  const second = intake.assign('t', 0, 0n);
  second.feed([record(0)], 1n);
  given[0]?.ack();
  given[1]?.ack();
  expect(second.committable).toBe(0n);
  expect(given[0]?.stale).toBe(true);
});

it('hands out again what was given back, as a log has no other place for it', async () => {
  const { intake, given, offsets } = reader();
  const partition = intake.assign('t', 0, 0n);
  partition.feed([record(0)], 1n);
  given[0]?.reject(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(offsets()).toEqual([0, 0]);
  expect(given[1]?.redelivered).toBe(true);
  expect(partition.committable).toBe(0n);
  given[1]?.ack();
  expect(partition.committable).toBe(1n);
});

it('holds a partition until its next record is due, but no longer than the tier says', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  try {
    const { intake, offsets, given } = reader();
    const due = (seconds: number) => ({
      'loom-due-time': new Date(Date.now() + seconds * 1000).toISOString(),
    });
    const partition = intake.assign('later', 0, 0n);
    partition.feed([record(0, due(0.3)), record(1, due(3_600)), record(2)], 3n);
    intake.assign('t', 0, 0n).feed([record(9, due(3_600))], 10n);
    expect(offsets()).toEqual([9]);
    vi.advanceTimersByTime(300);
    expect(offsets()).toEqual([9, 0]);
    given[1]?.ack();
    expect(partition.committable).toBe(1n);
    vi.advanceTimersByTime(999);
    expect(offsets()).toEqual([9, 0]);
    vi.advanceTimersByTime(1);
    expect(offsets()).toEqual([9, 0, 1, 2]);
  } finally {
    vi.useRealTimers();
  }
});
