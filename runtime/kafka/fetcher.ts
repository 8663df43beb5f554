import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import type { Assignment } from '../core/partitions/assignment.ts';
import type { LogIntake } from '../core/partitions/intake.ts';
import { errorId } from './answers.ts';
import type { Cluster } from './cluster.ts';
import { type Fetched, fetchRecords } from './fetching.ts';
import { offsetAt } from './offsets.ts';

/** Milliseconds that the broker may hold a request which asks for every partition of ours that it leads. */
const longPollMs = 500;
/** The same while a partition is paused, which is to be asked for again as soon as it has room. */
const shortPollMs = 20;
const maxFetchBytes = 4 * 1024 * 1024;
const minFetchBytes = 16 * 1024;

/** Keeps the partitions of one subscription filled: one request under way to each broker that leads some of them. */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #intake: LogIntake;
  readonly #group: string;
  readonly #log: Logger;
  readonly #closing = new AbortController();
  /** Brokers with a request under way. */
  readonly #running = new Set<number>();
  #waking = false;
  /** Shrinks while answers come too slowly for their time-out. */
  #maxBytes = maxFetchBytes;
  #failed = false;

  constructor(cluster: Cluster, intake: LogIntake, group: string, log: Logger) {
    this.#cluster = cluster;
    this.#intake = intake;
    this.#group = group;
    this.#log = log;
  }

  /** The last answer was one. */
  get healthy(): boolean {
    return !this.#failed;
  }

  /** A partition has room. */
  wake(): void {
    if (this.#waking) return;
    this.#waking = true;
    // In a later turn: whoever wakes may be handing out what was read just now, and every record settled may wake.
    setImmediate(() => {
      this.#waking = false;
      this.#readOn();
    });
  }

  #readOn(): void {
    if (this.#closing.signal.aborted) return;
    for (const [node, { hungry }] of this.#ledBy()) {
      if (hungry.length === 0 || this.#running.has(node)) continue;
      this.#running.add(node);
      void this.#readFrom(node).finally(() => {
        this.#running.delete(node);
        // Its partitions may have another leader now.
        this.wake();
      });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  #ledBy(): Map<number, { hungry: Assignment[]; paused: number }> {
    const byNode = new Map<number, { hungry: Assignment[]; paused: number }>();
    for (const assignment of this.#intake.assignments) {
      const node = this.#cluster.topic(assignment.topic)?.leaders[assignment.partition] ?? -1;
      const entry = byNode.get(node) ?? { hungry: [], paused: 0 };
      if (assignment.wantsRecords) entry.hungry.push(assignment);
      else entry.paused++;
      byNode.set(node, entry);
    }
    return byNode;
  }

  async #readFrom(node: number): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; !signal.aborted; ) {
      const led = this.#ledBy().get(node);
      if (led === undefined || led.hungry.length === 0) {
        this.#failed = false;
        return;
      }
      try {
        await this.#readOnce(node, led.hungry, led.paused > 0 ? shortPollMs : longPollMs);
        failures = 0;
        this.#failed = false;
        this.#maxBytes = Math.min(maxFetchBytes, this.#maxBytes * 2);
      } catch (error) {
        if (signal.aborted) return;
        this.#failed = true;
        this.#maxBytes = Math.max(minFetchBytes, this.#maxBytes / 4);
        this.#log.warn({ node, group: this.#group, err: error }, 'Records could not be read; trying again.');
        await pause(20 + fullJitter(++failures, 100, 2_000), signal);
        await this.#cluster.refresh().catch(() => {});
      }
    }
  }

  async #readOnce(node: number, hungry: readonly Assignment[], maxWaitMs: number): Promise<void> {
    const connection = await this.#cluster.node(node, `fetch ${this.#group}`);
    const asked = hungry.map(({ topic, partition, position }) => ({ topic, partition, position }));
    const limits = { maxWaitMs, maxBytes: this.#maxBytes };
    const answers = await fetchRecords(this.#cluster, connection, asked, limits);
    if (this.#closing.signal.aborted) return;
    for (const fetched of answers) {
      const index = asked.findIndex(
        ({ topic, partition }) => topic === fetched.topic && partition === fetched.partition,
      );
      const assignment = hungry[index];
      // Only if nobody has moved the position meanwhile.
      if (assignment !== undefined && assignment.position === asked[index]?.position) {
        await this.#take(assignment, fetched);
      }
    }
  }

  async #take(assignment: Assignment, { topic, partition, errorCode, end, records, next }: Fetched) {
    const id = errorId(errorCode);
    if (id === 'NONE') {
      assignment.highWatermark = end;
      if (next > assignment.position) assignment.feed(records, next);
      return;
    }
    if (id !== 'OFFSET_OUT_OF_RANGE') throw new Error(`${topic}/${partition} cannot be read: ${id}.`);
    const lane = `fetch ${this.#group}` as const;
    const earliest = await offsetAt(this.#cluster, { topic, partition }, 'earliest', lane);
    this.#log.error(
      { topic, partition, wanted: String(assignment.position), earliest: String(earliest) },
      'The topic no longer has the records that this group has to read next: some are lost. Reading on.',
    );
    assignment.feed([], earliest);
  }
}
