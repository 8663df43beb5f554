import { StreamProgress } from '../core/streamProgress.ts';
import type { Delivery, StreamOptions, Subscription } from '../core/types.ts';
import type { MemoryStream, Reader } from './stream.ts';

/** Reads a stream of this process from where its group has got to. */
export class StreamReader implements Subscription, Reader {
  readonly #stream: MemoryStream;
  readonly #options: StreamOptions;
  #progress = new StreamProgress(0n);
  #cursor = 0;
  #outstanding = 0;
  #state: 'open' | 'cancelled' | 'closed' = 'open';
  #waking = false;

  constructor(stream: MemoryStream, options: StreamOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  get next(): number {
    return Number(this.#progress.next);
  }

  async start(): Promise<void> {
    const { stream, group, startFrom, offsets } = this.#options;
    const begin = startFrom === 'latest' ? this.#stream.end : 0;
    this.#begin((await offsets.loadOffset(group, stream)) ?? BigInt(begin));
    this.#stream.enter(this);
  }

  /** What was handed out and not settled is handed out again. */
  reconnect(): void {
    if (this.#state !== 'open') return;
    this.#begin(BigInt(this.next));
    this.wake();
  }

  async cancel(): Promise<void> {
    if (this.#state === 'open') this.#state = 'cancelled';
    this.#stream.leave(this);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.#stream.leave(this);
  }

  wake(): void {
    if (this.#waking) return;
    this.#waking = true;
    setImmediate(() => {
      this.#waking = false;
      this.#handOut();
    });
  }

  #begin(next: bigint): void {
    this.#progress = new StreamProgress(next);
    this.#cursor = Number(next);
    this.#outstanding = 0;
  }

  #handOut(): void {
    while (this.#state === 'open' && this.#outstanding < this.#options.prefetch) {
      const message = this.#stream.at(this.#cursor);
      if (message === undefined) return;
      this.#give(BigInt(this.#cursor++), message);
    }
  }

  #give(offset: bigint, message: Delivery['message']): void {
    const progress = this.#progress;
    const record = progress.received(offset);
    this.#outstanding++;
    const { stream, onDelivery } = this.#options;
    const isStale = () => progress !== this.#progress || this.#state === 'closed';
    const hand = (redelivered: boolean): void =>
      onDelivery({
        message,
        origin: { topic: stream, partition: 0, offset },
        redelivered,
        get stale() {
          return isStale();
        },
        ack: () => {
          if (isStale() || record.settled) return;
          this.#outstanding--;
          if (progress.settle(record)) this.#save();
          this.wake();
          this.#stream.moved();
        },
        reject: () => {
          if (!isStale()) setImmediate(() => this.#state === 'open' && hand(true));
        },
      });
    hand(false);
  }

  #save(): void {
    const { group, stream, offsets } = this.#options;
    // The store is in this process as well: it does not fail.
    void offsets.saveOffset(group, stream, BigInt(this.next));
  }
}
