import { type Lease, SHARD_END } from '../core/partitions/leases.ts';
import type { Shard } from './api.ts';

/** A shard of a stream that a group reads, under the name of its lease. */
export interface StreamShard extends Shard {
  readonly stream: string;
  readonly lease: string;
}

/** `<stream>@<when it was made>/<shard>`: a stream that is made anew has leases of its own. */
export const leaseName = (incarnation: string, shard: string): string => `${incarnation}/${shard}`;

/** `shardId-000000000003` is the partition 3. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Shard.html */
export const partitionOf = (shard: string): number => Number(/(\d+)$/.exec(shard)?.[1] ?? 0);

/**
 * Shards whose turn it is: not read to their end, and every parent that is still there has been. So a record is never
 * handed out before those of its key that came before a split or a merge.
 */
export function readable(shards: readonly StreamShard[], leases: readonly Lease[]): readonly StreamShard[] {
  const ended = new Set(
    leases.filter(({ checkpoint }) => checkpoint === SHARD_END).map(({ shard }) => shard),
  );
  const known = new Set(shards.map(({ lease }) => lease));
  return shards.filter(({ lease, parents }) => {
    const family = lease.slice(0, lease.lastIndexOf('/') + 1);
    // A parent that is not listed has expired, and all its records with it.
    const open = parents.map((id) => family + id).filter((parent) => known.has(parent) && !ended.has(parent));
    return !ended.has(lease) && open.length === 0;
  });
}

/** Leases of shards that Kinesis has forgotten. Only those of streams that were just looked at. */
export function forgotten(
  incarnations: readonly string[],
  shards: readonly StreamShard[],
  leases: readonly Lease[],
): readonly string[] {
  const known = new Set(shards.map(({ lease }) => lease));
  return leases
    .filter(({ shard }) => !known.has(shard) && incarnations.includes(shard.slice(0, shard.lastIndexOf('/'))))
    .map(({ shard }) => shard);
}
