import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import type { Checkpoint, LeaseStore } from '../core/partitions/leases.ts';
import type { ShardReader } from './shardReader.ts';

/** Milliseconds between checkpoints under load: each is a write at the store. */
const intervalMs = 50;

interface CommitterHooks {
  /** The store has refused a checkpoint: the lease of the shard is another's. */
  fenced(lease: string): void;
  /** The shard has been read to its end, and the store knows. */
  ended(reader: ShardReader): void;
}

/** Saves how far the shards are settled: one request under way, which takes with it what was settled meanwhile. */
export class Committer {
  readonly #leases: LeaseStore;
  readonly #group: string;
  readonly #memberId: string;
  readonly #readers: () => Iterable<ShardReader>;
  readonly #hooks: CommitterHooks;
  readonly #log: Logger;
  readonly #saved = new WeakMap<ShardReader, Checkpoint>();
  readonly #closing = new AbortController();
  #running = false;

  constructor(
    leases: LeaseStore,
    { group, memberId }: { readonly group: string; readonly memberId: string },
    readers: () => Iterable<ShardReader>,
    hooks: CommitterHooks,
    log: Logger,
  ) {
    this.#leases = leases;
    this.#group = group;
    this.#memberId = memberId;
    this.#readers = readers;
    this.#hooks = hooks;
    this.#log = log;
  }

  /** Something was settled. */
  schedule(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#saveAll();
  }

  /** Saves now what is settled, for as long as the signal allows. */
  async flush(readers: readonly ShardReader[], signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        return await this.#save(readers);
      } catch (error) {
        this.#log.warn({ group: this.#group, err: error }, 'The checkpoints could not be saved.');
        await pause(20 + fullJitter(++failures, 50, 1_000), signal);
      }
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #saveAll(): Promise<void> {
    const { signal } = this.#closing;
    for (let failures = 0; ; ) {
      const readers = [...this.#readers()];
      if (signal.aborted || !readers.some((reader) => this.#isDue(reader))) {
        // In the same turn as the look above, so that whatever is settled next starts it again.
        this.#running = false;
        return;
      }
      try {
        await this.#save(readers);
        failures = 0;
        await pause(intervalMs, signal);
      } catch (error) {
        if (signal.aborted) continue;
        this.#log.warn(
          { group: this.#group, err: error },
          'The checkpoints could not be saved; trying again.',
        );
        await pause(20 + fullJitter(++failures, 100, 2_000), signal);
      }
    }
  }

  async #save(readers: readonly ShardReader[]): Promise<void> {
    const due = readers.flatMap((reader) => {
      const { checkpoint } = reader;
      return checkpoint !== undefined && this.#isDue(reader) ? [{ reader, checkpoint }] : [];
    });
    if (due.length === 0) return;
    const moved = await this.#leases.save(
      this.#group,
      this.#memberId,
      due.map(({ reader: { held }, checkpoint }) => ({ ...held, checkpoint })),
    );
    for (const [index, { reader, checkpoint }] of due.entries()) {
      this.#saved.set(reader, checkpoint);
      if (moved[index] !== true) this.#hooks.fenced(reader.held.shard);
      else if (checkpoint === 'end') this.#hooks.ended(reader);
    }
  }

  #isDue(reader: ShardReader): boolean {
    const { checkpoint } = reader;
    return !reader.assignment.ended && checkpoint !== undefined && this.#saved.get(reader) !== checkpoint;
  }
}
