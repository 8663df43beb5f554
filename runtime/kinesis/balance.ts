import type { Lease, Standing } from '../core/partitions/leases.ts';
import type { StreamShard } from './shards.ts';

/** What one member should do about its shards. */
export interface Moves {
  /** Free, and its share is not full. */
  readonly take: readonly string[];
  /** Beyond its share, where somebody has less: to be given up once what is at work there has ended. */
  readonly give: readonly string[];
}

/**
 * The share of a member in each stream: all members have as many shards, give or take one. Everybody comes to the same
 * result from the same standing, so nobody has to lead; who has one more already keeps it, so that little moves.
 */
export function moves(
  member: string,
  { members, leases }: Standing,
  shards: readonly StreamShard[],
  held: ReadonlySet<string>,
): Moves {
  const owners = new Map(leases.map((lease) => [lease.shard, lease]));
  const take: string[] = [];
  const give: string[] = [];
  for (const [turn, of] of byStream(shards).entries()) {
    const share = shareOf(member, members, of, owners, turn);
    const mine = of.filter(({ lease }) => held.has(lease)).map(({ lease }) => lease);
    const free = of.filter(({ lease }) => owners.get(lease)?.owner === undefined && !held.has(lease));
    give.push(...mine.slice(share));
    take.push(...free.slice(0, Math.max(0, share - mine.length)).map(({ lease }) => lease));
  }
  return { take, give };
}

function shareOf(
  member: string,
  members: readonly string[],
  shards: readonly StreamShard[],
  owners: ReadonlyMap<string, Lease>,
  turn: number,
): number {
  const all = [...new Set([...members, member])].sort();
  const counts = new Map(all.map((each) => [each, 0]));
  for (const { lease } of shards) {
    const owner = owners.get(lease)?.owner;
    if (owner !== undefined) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  // Another one begins in each stream, or one member would have all streams of a single shard.
  const rank = (each: string): number => (all.indexOf(each) + turn) % all.length;
  const order = [...all].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || rank(a) - rank(b));
  const more = shards.length % all.length;
  return Math.floor(shards.length / all.length) + (order.indexOf(member) < more ? 1 : 0);
}

function byStream(shards: readonly StreamShard[]): readonly (readonly StreamShard[])[] {
  const streams = new Map<string, StreamShard[]>();
  for (const shard of shards) {
    const known = streams.get(shard.stream);
    if (known === undefined) streams.set(shard.stream, [shard]);
    else known.push(shard);
  }
  return [...streams.values()];
}
