import type { Connection } from './connection.ts';

/** Most ids in one XACK. */
const maxBatch = 1_000;

/** Collects what is settled and sends it in batches: one XACK for each stream, one after the other. */
export class Acknowledger {
  readonly #connection: Connection;
  readonly #group: string;
  readonly #onAcknowledged: (key: string, ids: readonly string[]) => void;
  readonly #waiting = new Map<string, string[]>();
  #flushing: Promise<void> | undefined;
  #scheduled = false;

  /** @param onAcknowledged called once Redis has them */
  constructor(
    connection: Connection,
    group: string,
    onAcknowledged: (key: string, ids: readonly string[]) => void,
  ) {
    this.#connection = connection;
    this.#group = group;
    this.#onAcknowledged = onAcknowledged;
  }

  add(key: string, id: string): void {
    const ids = this.#waiting.get(key);
    if (ids === undefined) this.#waiting.set(key, [id]);
    else ids.push(id);
    if (this.#flushing !== undefined || this.#scheduled) return;
    // In a later turn: what is settled in this one goes along.
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.flush();
    });
  }

  /** Never rejects: what could not be sent goes with the next flush. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.size > 0 && this.#connection.ready) {
      const batches = [...this.#waiting];
      this.#waiting.clear();
      const sent = await Promise.all(batches.map(([key, ids]) => this.#send(key, ids)));
      if (sent.includes(false)) return;
    }
  }

  async #send(key: string, ids: readonly string[]): Promise<boolean> {
    const batch = ids.slice(0, maxBatch);
    const rest = ids.slice(maxBatch);
    const keep = (left: readonly string[]) => {
      if (left.length > 0) this.#waiting.set(key, [...left, ...(this.#waiting.get(key) ?? [])]);
    };
    try {
      await this.#connection.command('XACK', key, this.#group, ...batch);
    } catch {
      // Acknowledging twice does nothing.
      keep(ids);
      return false;
    }
    keep(rest);
    this.#onAcknowledged(key, batch);
    return true;
  }
}
