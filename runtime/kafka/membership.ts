import { randomUUID } from 'node:crypto';
import { consumerGroupHeartbeatV1 } from '@platformatic/kafka';
import { deferred } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import { answerOf, assertNoError, errorId, KafkaRefusal } from './answers.ts';
import type { Cluster } from './cluster.ts';
import { groupedBy } from './grouped.ts';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A topic that is deleted and made again keeps its name, not its id. */
interface Owned extends TopicPartition {
  readonly topicId: string;
}

interface MembershipHooks {
  /** These are ours now. */
  assigned(partitions: readonly TopicPartition[]): void;
  /** The group waits until this resolves, then gives them to others. */
  revoked(partitions: readonly TopicPartition[]): Promise<void>;
  /** These have gone to others already. */
  lost(partitions: readonly TopicPartition[]): void;
  /** These are gone with a topic that was deleted; there is another one of its name. */
  remade(partitions: readonly TopicPartition[]): void;
}

interface MembershipOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly cluster: Cluster;
  readonly log: Logger;
  readonly hooks: MembershipHooks;
}

/** Milliseconds that the group waits for a member to give up partitions, before it goes on without it. */
export const rebalanceTimeoutMs = 60_000;
/**
 * Gives each member its share of every topic. The broker's default, `uniform`, counts all partitions alike: of two members
 * it gives one all of the main topic and the other all of the retry topic, so that one has nothing to do.
 * https://kafka.apache.org/documentation/#brokerconfigs_group.consumer.assignors
 */
const assignor = 'range';
const leaving = -1;
const joining = 0;

/**
 * Membership in a group by the protocol of KIP-848 (Kafka 4.0): the coordinator assigns, and a partition changes hands
 * only when its old owner says, by a heartbeat that no longer lists it, that it has given it up.
 */
export class Membership {
  readonly memberId = randomUUID();
  readonly #options: MembershipOptions;
  readonly #closing = new AbortController();
  /** Ours, those included that we are about to give up. */
  readonly #owned = new Map<string, Owned>();
  /** Being given up; each time under another token, since a partition may come back and go again. */
  readonly #revoking = new Map<string, symbol>();
  readonly #joined = deferred<void>();
  #target = new Map<string, Owned>();
  #epoch = joining;
  #healthy = false;
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  /** Resolves with the first answer. */
  get joined(): Promise<void> {
    return this.#joined.promise;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** The last heartbeat was answered. */
  get healthy(): boolean {
    return this.#healthy;
  }

  start(): void {
    this.#options.cluster.watchRemade(this.#onRemade);
    this.#running = this.#run();
  }

  /** The next heartbeat comes now: something has changed. */
  poke(): void {
    this.#wake.abort();
  }

  /** Tells the coordinator, so that the others need not wait for the session to time out. */
  async leave(): Promise<void> {
    this.#closing.abort();
    this.#options.cluster.unwatchRemade(this.#onRemade);
    this.poke();
    await this.#running;
    if (this.#epoch === joining) return;
    await this.#heartbeat(leaving).catch(() => {});
  }

  async #run(): Promise<void> {
    const { log, group } = this.#options;
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      this.#wake = new AbortController();
      let waitMs: number;
      try {
        waitMs = await this.#beat();
        failures = 0;
        this.#healthy = true;
        this.#joined.resolve();
      } catch (error) {
        if (this.#closing.signal.aborted) break;
        this.#healthy = false;
        waitMs = 20 + fullJitter(++failures, 100, 2_000);
        log.warn({ group, err: error }, 'The group does not answer; trying again.');
        this.#options.cluster.forgetCoordinator(group);
        await this.#options.cluster.refresh().catch(() => {});
      }
      await pause(waitMs, this.#wake.signal);
    }
  }

  /** Resolves with the milliseconds until the next one. */
  async #beat(): Promise<number> {
    const answer = await this.#heartbeat(this.#epoch);
    const id = errorId(answer.errorCode);
    if (id === 'UNKNOWN_MEMBER_ID' || id === 'FENCED_MEMBER_EPOCH') {
      this.#loseAll(id);
      return 20 + fullJitter(1, 200, 200);
    }
    assertNoError(`a heartbeat of the group ${this.#options.group}`, answer.errorCode, answer.errorMessage);
    this.#epoch = answer.memberEpoch;
    if (answer.assignment !== null) {
      this.#target = await this.#named(answer.assignment.topicPartitions);
    }
    this.#reconcile();
    return answer.heartbeatIntervalMs;
  }

  async #heartbeat(epoch: number) {
    const { cluster, group, topics } = this.#options;
    const connection = await cluster.coordinator(group);
    const owned = epoch > joining ? this.#ownedById() : [];
    const request = [group, this.memberId, epoch, null, null, rebalanceTimeoutMs] as const;
    const subscription = [[...topics], null, assignor, owned] as const;
    return answerOf(
      consumerGroupHeartbeatV1.api.async(
        connection,
        ...request,
        ...(subscription as [string[], null, string, typeof owned]),
      ),
    );
  }

  #ownedById(): { topicId: string; partitions: number[] }[] {
    const byTopic = groupedBy(this.#owned.values(), ({ topicId }) => topicId);
    return byTopic.map(([topicId, of]) => ({ topicId, partitions: of.map(({ partition }) => partition) }));
  }

  async #named(assigned: readonly { topicId: string; partitions: number[] }[]) {
    const { cluster, topics } = this.#options;
    if (assigned.some(({ topicId }) => cluster.nameOf(topicId) === undefined)) {
      await cluster.refresh([...cluster.topicNames, ...topics]);
    }
    const target = new Map<string, Owned>();
    for (const { topicId, partitions } of assigned) {
      const topic = cluster.nameOf(topicId);
      if (topic === undefined) continue;
      for (const partition of partitions)
        target.set(`${topicId}/${partition}`, { topic, topicId, partition });
    }
    return target;
  }

  /** What was ours of the old topic is lost; the group will say what is ours of the new one. */
  readonly #onRemade = (name: string): void => {
    const now = this.#options.cluster.topic(name)?.id;
    const lost = [...this.#owned].filter(([, { topic, topicId }]) => topic === name && topicId !== now);
    for (const [id] of lost) {
      this.#owned.delete(id);
      this.#revoking.delete(id);
      this.#target.delete(id);
    }
    this.#options.hooks.remade(lost.map(([, partition]) => partition));
    this.poke();
  };

  #reconcile(): void {
    const gone = [...this.#owned].filter(([id]) => !this.#target.has(id) && !this.#revoking.has(id));
    if (gone.length > 0) void this.#revoke(gone);
    const added = [...this.#target].filter(([id]) => !this.#owned.has(id));
    if (added.length === 0) return;
    for (const [id, partition] of added) this.#owned.set(id, partition);
    this.#options.hooks.assigned(added.map(([, partition]) => partition));
    this.poke();
  }

  async #revoke(gone: readonly (readonly [string, Owned])[]): Promise<void> {
    const { log, group } = this.#options;
    log.info(
      { group, partitions: gone.length },
      'The group takes partitions back; ending what is at work there.',
    );
    const token = Symbol();
    for (const [id] of gone) this.#revoking.set(id, token);
    await this.#options.hooks.revoked(gone.map(([, partition]) => partition));
    for (const [id] of gone) {
      // Lost meanwhile, it is no longer ours to give up.
      if (this.#revoking.get(id) !== token) continue;
      this.#revoking.delete(id);
      this.#owned.delete(id);
    }
    // The group may have given them back to us meanwhile.
    this.#reconcile();
    this.poke();
  }

  #loseAll(why: string): void {
    const { log, group, hooks } = this.#options;
    log.warn(
      { group, why, partitions: this.#owned.size },
      'The group has gone on without this member; joining again.',
    );
    const lost = [...this.#owned.values()];
    this.#owned.clear();
    this.#revoking.clear();
    this.#target = new Map();
    this.#epoch = joining;
    hooks.lost(lost);
  }
}

/** Whether the coordinator takes this member for gone; the next heartbeat will find out. */
export function isFenced(error: unknown): boolean {
  return error instanceof KafkaRefusal && ['UNKNOWN_MEMBER_ID', 'FENCED_MEMBER_EPOCH'].includes(error.id);
}
