import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import type { Assignment } from '../core/partitions/assignment.ts';
import type { Cluster } from './cluster.ts';
import { isFenced, type Membership } from './membership.ts';
import { commitOffsets } from './offsets.ts';

/** Milliseconds between commits under load: each is a write at the broker. */
const intervalMs = 50;

/** Commits what is settled: one commit under way, which takes with it what was settled meanwhile. */
export class Committer {
  readonly #cluster: Cluster;
  readonly #group: string;
  readonly #membership: Membership;
  readonly #assignments: () => Iterable<Assignment>;
  readonly #log: Logger;
  readonly #committed = new WeakMap<Assignment, bigint>();
  readonly #closing = new AbortController();
  #running = false;

  constructor(
    cluster: Cluster,
    group: string,
    membership: Membership,
    assignments: () => Iterable<Assignment>,
    log: Logger,
  ) {
    this.#cluster = cluster;
    this.#group = group;
    this.#membership = membership;
    this.#assignments = assignments;
    this.#log = log;
  }

  /** The offset that the group has for a partition; there is none yet without one. */
  starts(assignment: Assignment, committed: bigint | undefined): void {
    if (committed !== undefined) this.#committed.set(assignment, committed);
  }

  /** Something was settled. */
  schedule(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#commitAll();
  }

  /** Commits now what is settled of those that are still ours, for as long as the signal allows. False: not all of it. */
  async flush(assignments: readonly Assignment[], signal: AbortSignal): Promise<boolean> {
    for (let failures = 0; ; ) {
      try {
        await this.#commit(assignments);
        return true;
      } catch (error) {
        this.#log.warn({ group: this.#group, err: error }, 'The offsets could not be committed.');
        if (isFenced(error)) return false;
        this.#cluster.forgetCoordinator(this.#group);
        await pause(20 + fullJitter(++failures, 50, 1_000), signal);
        if (signal.aborted) return false;
      }
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #commitAll(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; ; ) {
      const assignments = [...this.#assignments()];
      if (signal.aborted || !assignments.some((assignment) => this.#isDue(assignment))) {
        // In the same turn as the look above, so that whatever is settled next starts it again.
        this.#running = false;
        return;
      }
      try {
        await this.#commit(assignments);
        failures = 0;
        await pause(intervalMs, signal);
      } catch (error) {
        if (signal.aborted) continue;
        this.#log.warn(
          { group: this.#group, err: error },
          'The offsets could not be committed; trying again.',
        );
        // A heartbeat tells where we stand: the member's epoch may have moved on, or the coordinator.
        this.#membership.poke();
        await pause(20 + fullJitter(++failures, 100, 2_000), signal);
      }
    }
  }

  async #commit(assignments: readonly Assignment[]): Promise<void> {
    const due = assignments.filter((assignment) => this.#isDue(assignment));
    if (due.length === 0) return;
    const offsets = due.map(({ topic, partition, committable }) => ({
      topic,
      partition,
      offset: committable,
    }));
    await commitOffsets(this.#cluster, this.#group, this.#membership, offsets);
    for (const [index, assignment] of due.entries()) {
      const offset = offsets[index]?.offset;
      if (offset !== undefined) this.#committed.set(assignment, offset);
    }
  }

  #isDue(assignment: Assignment): boolean {
    // Commits name the topic: one that waits for a topic to be there again would be taken for an offset of the new one.
    const isThere = this.#cluster.topic(assignment.topic) !== undefined;
    return isThere && !assignment.ended && this.#committed.get(assignment) !== assignment.committable;
  }
}
