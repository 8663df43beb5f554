import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../runtime/core/partitions/leases.ts';
import { moves } from '../../../runtime/kinesis/balance.ts';
import type { StreamShard } from '../../../runtime/kinesis/shards.ts';
import { memoryLeases } from '../../../runtime/stores/memoryLeases.ts';

const shardsOf = (stream: string, count: number): StreamShard[] =>
  Array.from({ length: count }, (_, at) => ({
    stream,
    lease: `${stream}@1/s-${at}`,
    id: `s-${at}`,
    parents: [],
    closed: false,
  }));

const owned = (shards: readonly StreamShard[], owner: (at: number) => string | undefined): Lease[] =>
  shards.map(({ lease }, at) => {
    const by = owner(at);
    return { shard: lease, epoch: 1, ...(by === undefined ? {} : { owner: by }) };
  });

describe('the share of a member', () => {
  it('is everything where there is nobody else', () => {
    const shards = shardsOf('a', 3);
    const { take, give } = moves('m', { members: ['m'], leases: [] }, shards, new Set());
    expect(take).toEqual(shards.map(({ lease }) => lease));
    expect(give).toEqual([]);
  });

  it('shrinks when somebody joins, and what is given up is what the other one takes', () => {
    const shards = shardsOf('a', 6);
    const leases = owned(shards, () => 'old');
    const held = new Set(shards.map(({ lease }) => lease));
    const standing = { members: ['new', 'old'], leases };
    expect(moves('old', standing, shards, held)).toEqual({
      take: [],
      give: ['a@1/s-3', 'a@1/s-4', 'a@1/s-5'],
    });
    expect(moves('new', standing, shards, new Set())).toEqual({ take: [], give: [] });
    const freed = owned(shards, (at) => (at < 3 ? 'old' : undefined));
    expect(moves('new', { members: ['new', 'old'], leases: freed }, shards, new Set()).take).toHaveLength(3);
  });

  it('leaves one more where it is', () => {
    const shards = shardsOf('a', 3);
    const leases = owned(shards, (at) => (at < 2 ? 'z' : 'a'));
    const standing = { members: ['a', 'z'], leases };
    expect(moves('z', standing, shards, new Set(['a@1/s-0', 'a@1/s-1'])).give).toEqual([]);
    expect(moves('a', standing, shards, new Set(['a@1/s-2'])).take).toEqual([]);
  });

  it('spreads streams of a single shard over the members', () => {
    const shards = [...shardsOf('a', 1), ...shardsOf('b', 1)];
    const taken = ['x', 'y'].map(
      (member) => moves(member, { members: ['x', 'y'], leases: [] }, shards, new Set()).take,
    );
    expect(taken.map((names) => names.length)).toEqual([1, 1]);
    expect(new Set(taken.flat()).size).toBe(2);
  });

  it('comes to rest, whatever happens at once', async () => {
    const store = memoryLeases();
    const shards = shardsOf('a', 7);
    const members = ['p', 'q', 'r'];
    const held = new Map(members.map((member) => [member, new Map<string, number>()]));
    for (let round = 0; round < 6; round++) {
      const standings = await Promise.all(
        members.map((member) =>
          store.beat(
            'g',
            member,
            [...(held.get(member) ?? [])].map(([shard, epoch]) => ({ shard, epoch })),
            60_000,
          ),
        ),
      );
      for (const [at, member] of members.entries()) {
        const mine = held.get(member) ?? new Map<string, number>();
        const { take, give } = moves(
          member,
          standings[at] ?? { members, leases: [] },
          shards,
          new Set(mine.keys()),
        );
        for (const shard of give) {
          await store.release('g', member, [{ shard, epoch: mine.get(shard) ?? 0 }]);
          mine.delete(shard);
        }
        for (const shard of take) {
          const lease = await store.take('g', member, shard, 60_000);
          if (lease) mine.set(shard, lease.epoch);
        }
      }
    }
    const counts = [...held.values()].map(({ size }) => size);
    expect(counts.toSorted()).toEqual([2, 2, 3]);
  });
});
