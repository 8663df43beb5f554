import { orAborted } from '../core/abort.ts';
import { type Refusal, refused } from './errors.ts';

/** An entry of a batch that was not taken, by its number among the entries. */
export interface RefusedEntry extends Refusal {
  readonly at: number;
}

interface Waiting<Entry> {
  readonly entry: Entry;
  readonly size: number;
  readonly signal: AbortSignal;
  resolve(): void;
  reject(reason: unknown): void;
}

interface BatcherOptions<Entry> {
  readonly service: string;
  /** Most bytes of one request. */
  readonly maxBytes: number;
  /** One request; rejects when all of it has failed. */
  send(entries: readonly Entry[]): Promise<readonly RefusedEntry[]>;
}

/** Entries of one request. */
export const maxEntries = 10;

/**
 * Makes requests of what is asked within one turn of the event loop, up to ten entries each, in order. Each entry settles
 * by its own result: whoever repeats a refused one repeats no other.
 */
export class Batcher<Entry> {
  readonly #options: BatcherOptions<Entry>;
  #waiting: Waiting<Entry>[] = [];
  #bytes = 0;
  #due = false;

  constructor(options: BatcherOptions<Entry>) {
    this.#options = options;
  }

  /** @param size of the entry in bytes. @throws the signal's reason, or why the entry was not taken */
  add(entry: Entry, size: number, signal: AbortSignal): Promise<void> {
    const taken = new Promise<void>((resolve, reject) => {
      if (this.#bytes + size > this.#options.maxBytes) this.#flush();
      this.#waiting.push({ entry, size, signal, resolve, reject });
      this.#bytes += size;
      if (this.#waiting.length === maxEntries) this.#flush();
      else if (!this.#due) {
        this.#due = true;
        setImmediate(() => {
          this.#due = false;
          this.#flush();
        });
      }
    });
    return orAborted(taken, signal);
  }

  #flush(): void {
    const batch = this.#waiting.filter(({ signal }) => !signal.aborted);
    this.#waiting = [];
    this.#bytes = 0;
    if (batch.length > 0) void this.#send(batch);
  }

  async #send(batch: readonly Waiting<Entry>[]): Promise<void> {
    try {
      const failed = await this.#options.send(batch.map(({ entry }) => entry));
      for (const refusal of failed) batch[refusal.at]?.reject(refused(this.#options.service, refusal));
      // Those that were rejected already stay so.
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** A refused entry as the services tell of it. */
interface Failed {
  readonly Id: string | undefined;
  readonly Code: string | undefined;
  readonly Message?: string | undefined;
}

/**
 * What was refused of a batch whose entries have their numbers as ids. An answer that leaves an entry out does not say
 * that it was taken.
 */
export function refusedEntries(
  count: number,
  {
    Successful = [],
    Failed = [],
  }: {
    Successful?: readonly { Id?: string | undefined }[] | undefined;
    Failed?: readonly Failed[] | undefined;
  },
): RefusedEntry[] {
  const told = new Set([...Successful, ...Failed].map(({ Id }) => Number(Id)));
  const silent = Array.from({ length: count }, (_, at) => at).filter((at) => !told.has(at));
  return [
    ...Failed.map(({ Id, Code = 'Unknown', Message = 'no reason given' }) => ({
      at: Number(Id),
      code: Code,
      message: Message,
    })),
    ...silent.map((at) => ({ at, code: 'NoResult', message: 'the answer does not name the entry' })),
  ];
}
