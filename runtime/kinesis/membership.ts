import { randomUUID } from 'node:crypto';
import { deferred } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { StoreLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Held, Lease, LeaseStore } from '../core/partitions/leases.ts';
import type { KinesisApi } from './api.ts';
import { moves } from './balance.ts';
import { forgotten, leaseName, readable, type StreamShard } from './shards.ts';

interface MembershipHooks {
  /** The shard is ours now, from its checkpoint on. */
  assigned(shard: StreamShard, lease: Lease): void;
  /** Others wait until this resolves; then they may have them. */
  revoked(leases: readonly string[]): Promise<void>;
  /** These have run out, or have gone to others already. */
  lost(leases: readonly string[]): void;
}

interface MembershipOptions {
  readonly group: string;
  readonly streams: readonly string[];
  readonly api: KinesisApi;
  readonly leases: LeaseStore;
  readonly leaseMs: number;
  readonly log: Logger;
  readonly hooks: MembershipHooks;
}

/** Milliseconds between looks at the shards of a stream, besides those after a shard has ended. */
const lookMs = 30_000;
const maxBeatMs = 1_000;

/**
 * Membership in a group whose members share the shards of some streams by leases. A member takes what is free up to its
 * share, gives up what is beyond it once its work there has ended, and takes over what a dead member has left when its
 * leases have run out. One that cannot renew its own in time stops by itself.
 */
export class Membership {
  readonly memberId = randomUUID();
  readonly #options: MembershipOptions;
  readonly #closing = new AbortController();
  readonly #held = new Map<string, Held>();
  readonly #revoking = new Set<string>();
  readonly #joined = deferred<void>();
  #shards: readonly StreamShard[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Runs out when the store has not heard of us for the time of a lease. */
  #expiry: NodeJS.Timeout | undefined;
  #healthy = false;
  #taking = true;
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** Resolves when the group knows of this member and it has what was free for it. @throws StoreLostError */
  get joined(): Promise<void> {
    return this.#joined.promise;
  }

  /** The store and Kinesis have answered the last time. */
  get healthy(): boolean {
    return this.#healthy;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** A shard has been read to its end: its children have their turn. */
  shardEnded(lease: string): void {
    const held = this.#held.get(lease);
    this.#held.delete(lease);
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    const { leases, group } = this.#options;
    if (held !== undefined) void leases.release(group, this.memberId, [held]).catch(() => {});
    this.#wake.abort();
  }

  /** A stream may be gone, or be another one of its name. */
  lookAgain(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** The store has refused a checkpoint: the lease is another's. */
  fenced(lease: string): void {
    this.#lose([lease], 'Another member has the shard.');
  }

  /** Takes no more shards; keeps those that it has, while what is at work there ends. */
  takeNoMore(): void {
    this.#taking = false;
  }

  /** Gives everything up, so that the others need not wait. Call it when nothing is at work any more. */
  async leave(): Promise<void> {
    this.#taking = false;
    this.#closing.abort();
    this.#wake.abort();
    await this.#running;
    clearTimeout(this.#expiry);
    const { leases, group } = this.#options;
    const held = [...this.#held.values()];
    this.#held.clear();
    await Promise.allSettled([
      held.length > 0 ? leases.release(group, this.memberId, held) : undefined,
      leases.leave(group, this.memberId),
    ]);
  }

  async #run(): Promise<void> {
    const { log, group, leaseMs } = this.#options;
    const { signal } = this.#closing;
    const beatMs = Math.min(maxBeatMs, leaseMs / 3);
    for (let failures = 0; !signal.aborted; ) {
      this.#wake = new AbortController();
      let waitMs = beatMs * (0.9 + Math.random() * 0.2);
      try {
        await this.#beat();
        failures = 0;
        this.#healthy = true;
        this.#joined.resolve();
      } catch (error) {
        if (signal.aborted) return;
        this.#healthy = false;
        // A group never begins anew without anybody knowing: a service that has not started yet does not start.
        if (error instanceof StoreLostError) this.#joined.reject(error);
        waitMs = Math.min(beatMs, 20 + fullJitter(++failures, 100, 2_000));
        log.warn({ group, err: error }, 'The leases of the group cannot be renewed; trying again.');
      }
      await pause(waitMs, this.#wake.signal);
    }
  }

  async #beat(): Promise<void> {
    const { group, leases, leaseMs } = this.#options;
    const begun = performance.now();
    const asked = [...this.#held.values()];
    const standing = await leases.beat(group, this.memberId, asked, leaseMs);
    this.#expireAfter(leaseMs - (performance.now() - begun));
    const ours = new Map(standing.leases.map((lease) => [lease.shard, lease]));
    const gone = asked.filter(({ shard, epoch }) => {
      const lease = ours.get(shard);
      return this.#held.has(shard) && (lease?.owner !== this.memberId || lease.epoch !== epoch);
    });
    this.#lose(
      gone.map(({ shard }) => shard),
      'The leases have gone to other members.',
    );
    await this.#look(standing.leases);
    const held = new Set(this.#held.keys());
    const { take, give } = moves(this.memberId, standing, readable(this.#shards, standing.leases), held);
    void this.#revoke(give.filter((lease) => !this.#revoking.has(lease)));
    for (const name of take) {
      if (!this.#taking) return;
      const shard = this.#shards.find(({ lease }) => lease === name);
      const lease = await leases.take(group, this.memberId, name, leaseMs);
      if (shard === undefined || lease === undefined) continue;
      this.#held.set(name, { shard: name, epoch: lease.epoch });
      this.#options.hooks.assigned(shard, lease);
    }
  }

  /** Finds new shards, and forgets leases of those that are no more. */
  async #look(leases: readonly Lease[]): Promise<void> {
    if (performance.now() - this.#lookedAt < lookMs) return;
    const { api, streams, group } = this.#options;
    const { signal } = this.#closing;
    const found = await Promise.all(
      streams.map(async (stream) => {
        const { incarnation } = await api.stream(stream, signal);
        const shards = await api.shards(stream, signal);
        return {
          incarnation,
          shards: shards.map((shard) => ({ ...shard, stream, lease: leaseName(incarnation, shard.id) })),
        };
      }),
    );
    this.#shards = found.flatMap(({ shards }) => shards);
    this.#lookedAt = performance.now();
    const known = new Set(this.#shards.map(({ lease }) => lease));
    this.#lose(
      [...this.#held.keys()].filter((lease) => !known.has(lease)),
      'The shards are no more.',
    );
    const old = forgotten(
      found.map(({ incarnation }) => incarnation),
      this.#shards,
      leases,
    );
    if (old.length > 0) await this.#options.leases.forget(group, old);
  }

  async #revoke(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const { log, group, leases, hooks } = this.#options;
    log.info(
      { group, shards: names.length },
      'Another member is to have shards; ending what is at work there.',
    );
    const going = names.flatMap((name) => this.#held.get(name) ?? []);
    for (const name of names) this.#revoking.add(name);
    await hooks.revoked(names);
    for (const name of names) this.#revoking.delete(name);
    // Lost meanwhile, it is no longer ours to give up.
    const left = going.filter((held) => this.#held.get(held.shard) === held);
    for (const { shard } of left) this.#held.delete(shard);
    // Should the store not hear of it, they run out: nobody speaks for them any more.
    await leases.release(group, this.memberId, left).catch(() => {});
    this.#wake.abort();
  }

  /** What the store does not hear of for the time of a lease may be another's, also while a beat waits for its answer. */
  #expireAfter(ms: number): void {
    clearTimeout(this.#expiry);
    if (this.#closing.signal.aborted) return;
    this.#expiry = setTimeout(
      () => this.#lose([...this.#held.keys()], 'The leases have run out.'),
      Math.max(0, ms),
    );
  }

  #lose(names: readonly string[], why: string): void {
    const lost = names.filter((name) => this.#held.delete(name));
    if (lost.length === 0) return;
    const { log, group, hooks } = this.#options;
    log.warn(
      { group, shards: lost.length, why },
      'Shards are lost; others read on from the last checkpoint.',
    );
    for (const name of lost) this.#revoking.delete(name);
    hooks.lost(lost);
  }
}
