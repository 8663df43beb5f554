import type { Logger } from '../log.ts';

/**
 * How far a group has got in a shard of a log that keeps neither leases nor positions, as Kinesis does: the sequence number of the last record that is settled with all before it, or
 * `end` for a shard that was closed and has been read to its end.
 */
export type Checkpoint = string;
export const SHARD_END: Checkpoint = 'end';

/** A shard of a stream that is read by one member of a group at a time. */
export interface Lease {
  /** Which shard, of which incarnation of which stream; such as `<stream>@<when it was made>/<shard>`. */
  readonly shard: string;
  /** Nobody, when it was given up or has run out. */
  readonly owner?: string;
  /** Rises each time somebody takes the lease: what comes under an older one is refused. */
  readonly epoch: number;
  readonly checkpoint?: Checkpoint;
}

/** A lease of this member, under the epoch at which it was taken. */
export type Held = Pick<Lease, 'shard' | 'epoch'>;

/** A group as it is at one moment. */
export interface Standing {
  /** Members that have been heard of within the time of a lease, this one included. */
  readonly members: readonly string[];
  readonly leases: readonly Lease[];
}

/**
 * Who reads which shard, and how far they have got. Time runs on the clock of the store alone. Every method rejects when
 * the store cannot be reached or has lost its content, so that a group never begins anew without anybody knowing.
 */
export interface LeaseStore {
  readonly connected: boolean;
  /** Connects, waiting for a store that is not there yet. */
  open(signal: AbortSignal, log: Logger): Promise<void>;
  /** Says that the member lives and is still at work on its leases, and answers with all that the group has. */
  beat(group: string, member: string, held: readonly Held[], leaseMs: number): Promise<Standing>;
  /** Takes a lease that nobody has. Nothing if somebody was faster. */
  take(group: string, member: string, shard: string, leaseMs: number): Promise<Lease | undefined>;
  /** Moves checkpoints. `false` where the lease is another's by now, and nothing has moved. */
  save(
    group: string,
    member: string,
    checkpoints: readonly (Held & { readonly checkpoint: Checkpoint })[],
  ): Promise<readonly boolean[]>;
  /** Gives leases up, so that others need not wait until they run out. Those of others are left alone. */
  release(group: string, member: string, held: readonly Held[]): Promise<void>;
  /** The member is gone. */
  leave(group: string, member: string): Promise<void>;
  /** Where a group begins in a stream: what was said first holds, for all members and for good. */
  startOf(group: string, stream: string, proposed: string): Promise<string>;
  /** Forgets leases of shards that are no more. */
  forget(group: string, shards: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
