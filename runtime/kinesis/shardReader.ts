import { fullJitter, pause } from '../core/backoff.ts';
import { TopologyError, ValidationError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Assignment } from '../core/partitions/assignment.ts';
import { type Checkpoint, type Held, SHARD_END } from '../core/partitions/leases.ts';
import { isRefusal, type KinesisApi, type Place } from './api.ts';
import { fromRecord } from './message.ts';
import type { StreamShard } from './shards.ts';

/** Records of one read: half of what a member reads ahead, a few times over. Fewer come where they are large. */
const maxRecords = 1_000;
/** What a shard gives out in a second, to all its readers together. */
const bytesPerSecond = 2 * 1024 * 1024;

interface Received {
  readonly sequence: bigint;
  readonly arrivedAt: number;
}

interface ReaderOptions {
  readonly api: KinesisApi;
  readonly shard: StreamShard;
  readonly held: Held;
  readonly assignment: Assignment;
  readonly place: Place;
  readonly pollMs: number;
  /** A closed shard has been read to its end. */
  readonly onEnd: () => void;
  /** The stream is gone, or another one has its name. */
  readonly onMissing: () => void;
  readonly log: Logger;
}

/** Reads one shard from where its group is, for as long as its lease is this member's. */
export class ShardReader {
  readonly shard: StreamShard;
  readonly held: Held;
  readonly assignment: Assignment;
  readonly #options: ReaderOptions;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  /** Handed over and, as far as checkpoints know, not settled; in the order of the shard. */
  #received: Received[] = [];
  #settled: Checkpoint | undefined;
  #place: Place;
  #behindMs = 0;
  #ended = false;
  #failed = false;
  #hungry = new AbortController();

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.shard = options.shard;
    this.held = options.held;
    this.assignment = options.assignment;
    this.#place = options.place;
    this.#running = this.#run();
  }

  /** The last read was answered. */
  get healthy(): boolean {
    return !this.#failed;
  }

  /** The last record that is settled with all before it, or the end; nothing while there is none. */
  get checkpoint(): Checkpoint | undefined {
    const { committable } = this.assignment;
    let done = 0;
    while ((this.#received[done]?.sequence ?? committable) < committable) done++;
    const last = this.#received[done - 1];
    if (last !== undefined) {
      this.#settled = String(last.sequence);
      this.#received.splice(0, done);
    }
    return this.#ended && this.#received.length === 0 ? SHARD_END : this.#settled;
  }

  /** Records that have been read and are not settled. What has not been read yet, Kinesis does not count. */
  get unsettled(): number {
    return this.#received.length;
  }

  /** Age of the oldest record that is not settled, or how far behind its newest record the shard is read. */
  get oldestAgeMs(): number {
    const [oldest] = this.#received;
    return oldest === undefined ? this.#behindMs : Math.max(0, Date.now() - oldest.arrivedAt);
  }

  /** There is room for more records. */
  wake(): void {
    this.#hungry.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { log, shard, pollMs } = this.#options;
    let iterator: string | undefined;
    for (let failures = 0; !signal.aborted && !this.#ended && !this.assignment.ended; ) {
      if (!this.assignment.wantsRecords) {
        await this.#untilHungry();
        continue;
      }
      const begun = performance.now();
      let waitMs = pollMs;
      try {
        iterator ??= await this.#iterator();
        const { next, bytes } = await this.#read(iterator);
        iterator = next;
        failures = 0;
        this.#failed = false;
        waitMs = Math.max(pollMs, (bytes / bytesPerSecond) * 1_000);
      } catch (error) {
        if (signal.aborted) return;
        // An iterator lasts five minutes: where reading pauses for longer, another one is asked for.
        iterator = undefined;
        if (isRefusal(error, 'ExpiredIteratorException')) continue;
        const throttled = isRefusal(error, 'ProvisionedThroughputExceededException');
        this.#failed = !throttled;
        const text = throttled
          ? 'The shard gives out no more records at the moment; reading on later.'
          : 'The shard cannot be read; trying again.';
        log.warn({ stream: shard.stream, shard: shard.id, err: error }, text);
        if (error instanceof TopologyError || error instanceof ValidationError) this.#options.onMissing();
        waitMs = pollMs + fullJitter(++failures, 100, 2_000);
      }
      await pause(Math.max(0, waitMs - (performance.now() - begun)), signal);
    }
  }

  async #iterator(): Promise<string> {
    const { api, shard } = this.#options;
    const found = await api.iterator(shard.stream, shard.id, this.#place, this.#stopping.signal);
    return found ?? '';
  }

  async #read(iterator: string): Promise<{ readonly next: string | undefined; readonly bytes: number }> {
    const { api, shard } = this.#options;
    const answer = await api.records(shard.stream, iterator, maxRecords, this.#stopping.signal);
    const records = (answer.Records ?? []).map(fromRecord);
    const bytes = (answer.Records ?? []).reduce((sum, { Data }) => sum + (Data?.length ?? 0), 0);
    this.#behindMs = answer.MillisBehindLatest ?? 0;
    const last = records.at(-1);
    if (last !== undefined) {
      for (const { offset, arrivedAt } of records) this.#received.push({ sequence: offset, arrivedAt });
      this.#place = { after: String(last.offset) };
    }
    this.#ended = answer.NextShardIterator === undefined;
    if (last !== undefined || this.#ended)
      this.assignment.feed(records, last === undefined ? this.assignment.position : last.offset + 1n);
    if (this.#ended) this.#options.onEnd();
    return { next: answer.NextShardIterator, bytes };
  }

  async #untilHungry(): Promise<void> {
    const { signal } = this.#stopping;
    const hungry = new AbortController();
    this.#hungry = hungry;
    // Nobody wakes a reader whose assignment has ended.
    if (!this.assignment.wantsRecords) await pause(1_000, AbortSignal.any([signal, hungry.signal]));
  }
}
