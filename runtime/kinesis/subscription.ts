import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import { LogIntake } from '../core/partitions/intake.ts';
import type { Lease, LeaseStore } from '../core/partitions/leases.ts';
import type { Backlog, LogSource, SubscribeOptions, Subscription } from '../core/types.ts';
import type { KinesisApi, Place } from './api.ts';
import { Committer } from './committer.ts';
import { Membership } from './membership.ts';
import { ShardReader } from './shardReader.ts';
import { partitionOf, type StreamShard } from './shards.ts';

export type LogSubscription = Extract<SubscribeOptions, LogSource>;

interface Surroundings {
  readonly api: KinesisApi;
  readonly leases: LeaseStore;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly log: Logger;
}

/** Milliseconds in which handlers at work may end when shards go to another member, and in which that is saved. */
const maxDrainMs = 45_000;
const maxFlushMs = 5_000;

/** One member of a group at work: reads the shards whose leases it has, and saves how far it has got. */
export class KinesisSubscription implements Subscription {
  readonly #options: LogSubscription;
  readonly #around: Surroundings;
  readonly #intake: LogIntake;
  readonly #membership: Membership;
  readonly #committer: Committer;
  /** By lease. */
  readonly #readers = new Map<string, ShardReader>();
  /** Leases that are ours and whose place is being asked for. A new object for each time they come. */
  readonly #starting = new Map<string, Lease>();
  readonly #closing = new AbortController();
  #open = true;

  constructor(options: LogSubscription, around: Surroundings) {
    const { group, topics } = options;
    const { api, leases, leaseMs, log } = around;
    this.#options = options;
    this.#around = around;
    this.#intake = new LogIntake({
      topics,
      prefetch: options.prefetch,
      onDelivery: options.onDelivery,
      onHungry: () => {
        for (const reader of this.#readers.values()) reader.wake();
      },
      onProgress: () => this.#committer.schedule(),
    });
    const streams = topics.map(({ topic }) => topic);
    this.#membership = new Membership({
      group,
      streams,
      api,
      leases,
      leaseMs,
      log,
      hooks: {
        assigned: (shard, lease) => void this.#assigned(shard, lease),
        revoked: (names) => this.#revoked(names),
        lost: (names) => this.#lost(names),
      },
    });
    this.#committer = new Committer(
      leases,
      { group, memberId: this.#membership.memberId },
      () => this.#readers.values(),
      {
        fenced: (lease) => this.#membership.fenced(lease),
        ended: (reader) => this.#ended(reader),
      },
      log,
    );
    this.#membership.start();
  }

  /** False while the store of the leases or a shard cannot be reached, or a stream is gone. */
  get healthy(): boolean {
    if (!this.#open) return true;
    return this.#membership.healthy && [...this.#readers.values()].every(({ healthy }) => healthy);
  }

  /**
   * Records that this member has read and not settled; how many there are beyond, Kinesis does not tell. The age is that
   * of the oldest of them, or how far the reading is behind the end of the stream.
   */
  async backlog(): Promise<Backlog> {
    const readers = [...this.#readers.values()];
    return {
      messages: readers.reduce((sum, { unsettled }) => sum + unsettled, 0),
      oldestAgeMs: readers.reduce((most, { oldestAgeMs }) => Math.max(most, oldestAgeMs), 0),
    };
  }

  /** Resolves when this member is one of the group and has what was free for it. */
  whenJoined(signal: AbortSignal): Promise<void> {
    return orAborted(this.#membership.joined, signal);
  }

  async cancel(): Promise<void> {
    this.#open = false;
    this.#intake.stop();
    this.#membership.takeNoMore();
    await Promise.all([...this.#readers.values()].map((reader) => reader.stop()));
  }

  async close(): Promise<void> {
    await this.cancel();
    this.#closing.abort();
    this.#committer.close();
    const left = [...this.#readers.values()];
    await this.#committer.flush(left, AbortSignal.timeout(maxFlushMs));
    for (const { assignment } of left) this.#intake.end(assignment);
    this.#readers.clear();
    await this.#membership.leave();
  }

  async #assigned(shard: StreamShard, lease: Lease): Promise<void> {
    const { log } = this.#around;
    const { group } = this.#options;
    this.#starting.set(lease.shard, lease);
    for (let failures = 0; this.#isStarting(lease); ) {
      try {
        const place = await this.#placeOf(shard, lease);
        if (this.#isStarting(lease)) this.#begin(shard, lease, place);
        return;
      } catch (error) {
        log.warn({ group, err: error }, 'Where the group begins cannot be read; trying again.');
        await pause(20 + fullJitter(++failures, 100, 2_000), this.#closing.signal);
      }
    }
  }

  #isStarting(lease: Lease): boolean {
    return this.#open && this.#starting.get(lease.shard) === lease;
  }

  /** A group that is to begin at the end begins at a moment, so that a crash before its first checkpoint loses nothing. */
  async #placeOf({ stream }: StreamShard, { shard, checkpoint }: Lease): Promise<Place> {
    if (checkpoint !== undefined) return { after: checkpoint };
    const { group, startFrom } = this.#options;
    const incarnation = shard.slice(0, shard.lastIndexOf('/')) || stream;
    const proposed = startFrom === 'latest' ? new Date().toISOString() : 'earliest';
    const start = await this.#around.leases.startOf(group, incarnation, proposed);
    return start === 'earliest' ? start : { at: new Date(start) };
  }

  #begin(shard: StreamShard, lease: Lease, place: Place): void {
    this.#starting.delete(lease.shard);
    const { api, pollMs, log } = this.#around;
    const position = lease.checkpoint === undefined ? 0n : BigInt(lease.checkpoint) + 1n;
    const reader = new ShardReader({
      api,
      shard,
      held: { shard: lease.shard, epoch: lease.epoch },
      assignment: this.#intake.assign(shard.stream, partitionOf(shard.id), position),
      place,
      pollMs,
      onEnd: () => this.#committer.schedule(),
      onMissing: () => this.#membership.lookAgain(),
      log,
    });
    this.#readers.set(lease.shard, reader);
  }

  #ended(reader: ShardReader): void {
    this.#readers.delete(reader.held.shard);
    this.#intake.end(reader.assignment);
    this.#membership.shardEnded(reader.held.shard);
  }

  async #revoked(names: readonly string[]): Promise<void> {
    const readers = this.#take(names);
    const drained = Promise.all(
      readers.map(async (reader) => {
        await Promise.all([reader.stop(), reader.assignment.revoke()]);
      }),
    );
    const limit = new AbortController();
    const late = pause(maxDrainMs, limit.signal);
    await Promise.race([drained, late]);
    limit.abort();
    await this.#committer.flush(
      readers.filter(({ assignment }) => !assignment.ended),
      AbortSignal.timeout(maxFlushMs),
    );
    for (const reader of readers) this.#drop(reader);
  }

  #lost(names: readonly string[]): void {
    for (const reader of this.#take(names)) {
      this.#drop(reader);
      void reader.stop();
    }
  }

  #take(names: readonly string[]): ShardReader[] {
    for (const name of names) this.#starting.delete(name);
    return names.flatMap((name) => this.#readers.get(name) ?? []);
  }

  #drop(reader: ShardReader): void {
    this.#intake.end(reader.assignment);
    if (this.#readers.get(reader.held.shard) === reader) this.#readers.delete(reader.held.shard);
  }
}
