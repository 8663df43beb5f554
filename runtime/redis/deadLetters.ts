import type { Delivery } from '../core/types.ts';
import type { Connection, Reply } from './connection.ts';
import { fromEntry, offsetOf, type StreamEntry } from './message.ts';

/** Entries of one request. */
const page = 100;

/** Goes through a dead-letter stream entry by entry, as `fetch` goes through a queue. What is settled is deleted. */
export class DeadLetterBrowser {
  readonly #connection: Connection;
  readonly #topic: string;
  readonly #keys: readonly string[];
  readonly #deleting = new Set<Promise<void>>();
  #partition = 0;
  #after = '-';
  #page: StreamEntry[] = [];
  #failure: unknown;

  constructor(connection: Connection, topic: string, keys: readonly string[]) {
    this.#connection = connection;
    this.#topic = topic;
    this.#keys = keys;
  }

  /**
   * Nothing at the end; then it starts again.
   * @throws what kept an entry from being deleted since the last call
   */
  async next(): Promise<Delivery | undefined> {
    await this.settled();
    for (;;) {
      const key = this.#keys[this.#partition];
      if (key === undefined) {
        this.#partition = 0;
        return undefined;
      }
      const entry = this.#page.shift();
      if (entry !== undefined) return this.#delivery(key, this.#partition, entry);
      const reply = await this.#connection.command('XRANGE', key, this.#after, '+', 'COUNT', String(page));
      this.#page = (reply as readonly Reply[]).flatMap((each) => fromEntry(each) ?? []);
      const last = this.#page.at(-1);
      if (last !== undefined) this.#after = `(${last.id}`;
      else {
        this.#partition++;
        this.#after = '-';
      }
    }
  }

  /** Resolves when what is settled is deleted. */
  async settled(): Promise<void> {
    await Promise.all(this.#deleting);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  #delivery(key: string, partition: number, { id, message, key: recordKey }: StreamEntry): Delivery {
    let settled = false;
    const remove = () => {
      const removed: Promise<void> = this.#connection
        .command('XDEL', key, id)
        .then(
          () => {},
          (error) => {
            this.#failure = error;
          },
        )
        .finally(() => this.#deleting.delete(removed));
      this.#deleting.add(removed);
    };
    return {
      message,
      origin: {
        topic: this.#topic,
        partition,
        offset: offsetOf(id),
        ...(recordKey === undefined ? {} : { key: recordKey }),
      },
      redelivered: false,
      stale: false,
      ack: () => {
        if (!settled) remove();
        settled = true;
      },
      // It has never left the stream.
      reject: () => {
        settled = true;
      },
    };
  }
}
