import { TopologyError } from '../../core/errors.ts';
import type { Delivery } from '../../core/types.ts';
import type { Connection } from '../../redis/connection.ts';
import { fromTask } from '../protocol.ts';
import { fromEntry } from './lists.ts';

const page = 100;

/**
 * Reads a list of dead letters from its tail without taking anything out, so that nothing is lost when the tool dies.
 * What is settled is removed by its text, which its delivery tag makes unique.
 */
export class DeadLetterList {
  readonly #connection: Connection;
  readonly #queue: string;
  /** Handed out, and not given back. */
  readonly #out = new Set<string>();
  readonly #removals = new Set<Promise<unknown>>();
  #buffer: Buffer[] = [];

  constructor(connection: Connection, queue: string) {
    this.#connection = connection;
    this.#queue = queue;
  }

  /** @throws TopologyError when the key holds no list, ConnectionLostError */
  async next(): Promise<Delivery | undefined> {
    if (this.#buffer.length === 0) await this.#read();
    const entry = this.#buffer.shift();
    return entry === undefined ? undefined : this.#delivery(entry);
  }

  /** Resolves when what was acknowledged is removed; rejects when that is not known. */
  async settled(): Promise<void> {
    await Promise.all(this.#removals);
  }

  async #read(): Promise<void> {
    await this.settled();
    for (let last = -1; ; last -= page) {
      const reply = await this.#connection.command(
        'LRANGE',
        this.#queue,
        String(last - page + 1),
        String(last),
      );
      if (!Array.isArray(reply)) throw new TopologyError(`${this.#queue} is no list.`);
      if (reply.length === 0) return;
      const fresh = (reply as Buffer[]).filter((entry) => !this.#out.has(entry.toString('latin1')));
      // The oldest is the last.
      this.#buffer = fresh.reverse();
      if (fresh.length > 0) return;
    }
  }

  #delivery(entry: Buffer): Delivery {
    const key = entry.toString('latin1');
    this.#out.add(key);
    return {
      message: fromTask(fromEntry(entry)),
      origin: { queue: this.#queue, exchange: '', routingKey: this.#queue },
      redelivered: false,
      stale: false,
      ack: () => this.#remove(entry, key),
      reject: () => this.#out.delete(key),
    };
  }

  #remove(entry: Buffer, key: string): void {
    const removal = this.#connection.command('LREM', this.#queue, '-1', entry).then(() => {
      this.#out.delete(key);
      this.#removals.delete(removal);
    });
    // Told by `settled`.
    removal.catch(() => {});
    this.#removals.add(removal);
  }
}
