import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import type { Assignment } from '../core/partitions/assignment.ts';
import { LogIntake } from '../core/partitions/intake.ts';
import type { Backlog, LogSource, SubscribeOptions, Subscription } from '../core/types.ts';
import type { Cluster } from './cluster.ts';
import { Committer } from './committer.ts';
import { Fetcher } from './fetcher.ts';
import { Membership, rebalanceTimeoutMs, type TopicPartition } from './membership.ts';
import { committedOffsets, offsetAt } from './offsets.ts';

export type LogSubscription = Extract<SubscribeOptions, LogSource>;

/** Milliseconds in which handlers at work may end when partitions go to another member, and in which that is committed. */
const maxDrainMs = rebalanceTimeoutMs * 0.75;
const maxFlushMs = 5_000;

/** One member of a group at work: reads the partitions it is given, and commits what is settled. */
export class KafkaSubscription implements Subscription {
  readonly #options: LogSubscription;
  readonly #cluster: Cluster;
  readonly #log: Logger;
  readonly #intake: LogIntake;
  readonly #membership: Membership;
  readonly #fetcher: Fetcher;
  readonly #committer: Committer;
  readonly #closing = new AbortController();
  /** Partitions that are ours and whose offset is being asked for. A new object for each time they come. */
  readonly #starting = new Map<string, TopicPartition>();
  /** To be read from the beginning: an offset that was committed late may be one of the topic that is gone. */
  readonly #anew = new Set<string>();
  #open = true;

  constructor(cluster: Cluster, options: LogSubscription, log: Logger) {
    const { group } = options;
    this.#options = options;
    this.#cluster = cluster;
    this.#log = log;
    this.#intake = new LogIntake({
      topics: options.topics,
      prefetch: options.prefetch,
      onDelivery: options.onDelivery,
      onHungry: () => this.#fetcher.wake(),
      onProgress: () => this.#committer.schedule(),
    });
    this.#membership = new Membership({
      group,
      topics: options.topics.map(({ topic }) => topic),
      cluster,
      log,
      hooks: {
        assigned: (partitions) => void this.#assigned(partitions),
        revoked: (partitions) => this.#revoked(partitions),
        lost: (partitions) => this.#lost(partitions),
        remade: (partitions) => {
          for (const one of partitions) this.#anew.add(idOf(one));
          this.#lost(partitions);
        },
      },
    });
    this.#fetcher = new Fetcher(cluster, this.#intake, group, log);
    this.#committer = new Committer(cluster, group, this.#membership, () => this.#intake.assignments, log);
    this.#membership.start();
  }

  /** False while the group or the brokers of its partitions do not answer, or a topic is gone. */
  get healthy(): boolean {
    if (!this.#open) return true;
    const isGone = this.#options.topics.some(({ topic }) => this.#cluster.isMissing(topic));
    return this.#membership.healthy && this.#fetcher.healthy && !isGone;
  }

  /** Records of this member's partitions that are not settled, as far as it has heard. */
  async backlog(): Promise<Backlog> {
    let messages = 0;
    for (const { highWatermark, committable } of this.#intake.assignments) {
      if (highWatermark > committable) messages += Number(highWatermark - committable);
    }
    return { messages };
  }

  /** Resolves when the group has taken this member in. */
  whenJoined(signal: AbortSignal): Promise<void> {
    return orAborted(this.#membership.joined, signal);
  }

  async cancel(): Promise<void> {
    this.#open = false;
    this.#intake.stop();
    await this.#fetcher.close();
  }

  async close(): Promise<void> {
    await this.cancel();
    this.#closing.abort();
    this.#committer.close();
    const left = [...this.#intake.assignments];
    await this.#committer.flush(left, AbortSignal.timeout(maxFlushMs));
    for (const assignment of left) this.#intake.end(assignment);
    await this.#membership.leave();
  }

  async #assigned(partitions: readonly TopicPartition[]): Promise<void> {
    for (const one of partitions) this.#starting.set(idOf(one), one);
    const waiting = () => partitions.filter((one) => this.#starting.get(idOf(one)) === one);
    for (let failures = 0; waiting().length > 0 && !this.#closing.signal.aborted; ) {
      try {
        await this.#begin(waiting());
      } catch (error) {
        const { group } = this.#options;
        this.#log.warn({ group, err: error }, 'The offsets of the group cannot be read; trying again.');
        await pause(20 + fullJitter(++failures, 100, 2_000), this.#closing.signal);
        await this.#cluster.refresh().catch(() => {});
      }
    }
  }

  async #begin(partitions: readonly TopicPartition[]): Promise<void> {
    const { group, startFrom = 'earliest' } = this.#options;
    const committed = await committedOffsets(this.#cluster, group, this.#membership, partitions);
    for (const [index, one] of partitions.entries()) {
      const isAnew = this.#anew.has(idOf(one));
      const known = isAnew ? undefined : committed[index];
      const place = isAnew ? 'earliest' : startFrom;
      const position = known ?? (await offsetAt(this.#cluster, one, place, `fetch ${group}`));
      if (this.#starting.get(idOf(one)) !== one) continue;
      this.#starting.delete(idOf(one));
      this.#anew.delete(idOf(one));
      const assignment = this.#intake.assign(one.topic, one.partition, position);
      this.#committer.starts(assignment, known);
    }
    // A group that starts at the end must find that place again after a crash: it is committed at once.
    this.#committer.schedule();
    this.#fetcher.wake();
  }

  async #revoked(partitions: readonly TopicPartition[]): Promise<void> {
    const assignments = this.#take(partitions);
    const drained = Promise.all(assignments.map((assignment) => assignment.revoke()));
    const limit = new AbortController();
    const late = pause(maxDrainMs, limit.signal);
    await Promise.race([drained, late]);
    limit.abort();
    await this.#committer.flush(assignments, AbortSignal.timeout(maxFlushMs));
    for (const assignment of assignments) this.#intake.end(assignment);
  }

  #lost(partitions: readonly TopicPartition[]): void {
    for (const assignment of this.#take(partitions)) this.#intake.end(assignment);
  }

  #take(partitions: readonly TopicPartition[]): Assignment[] {
    for (const one of partitions) this.#starting.delete(idOf(one));
    return partitions.flatMap(({ topic, partition }) => this.#intake.find(topic, partition) ?? []);
  }
}

function idOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
