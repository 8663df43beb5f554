/**
 * Turns settled delivery tags of one channel into as few acknowledgements as possible. Tags are numbered from 1 without
 * gaps, and a multiple ack covers everything up to its tag; so while the oldest deliveries settle first, one frame per
 * turn of the event loop is enough. When stragglers hold back half the prefetch, those behind them are acknowledged one
 * by one, so that the broker goes on sending.
 */
export class AckTracker {
  readonly #send: (tag: number, multiple: boolean) => void;
  readonly #singlesFrom: number;
  /** Settled, not yet acknowledged. */
  readonly #waiting = new Set<number>();
  /** Above the watermark and already off the broker's books: acknowledged singly, or rejected. */
  readonly #gone = new Set<number>();
  #watermark = 0;
  #scheduled = false;

  constructor(prefetch: number, send: (tag: number, multiple: boolean) => void) {
    this.#send = send;
    this.#singlesFrom = Math.max(1, prefetch / 2);
  }

  ack(tag: number): void {
    this.#waiting.add(tag);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.flush());
  }

  /** The delivery was settled by a frame of its own. */
  forget(tag: number): void {
    this.#gone.add(tag);
  }

  /** @param all also what is behind stragglers: nothing more comes that could take it along */
  flush(all = false): void {
    this.#scheduled = false;
    let last = 0;
    for (let tag = this.#watermark + 1; ; tag++) {
      if (this.#waiting.delete(tag)) last = tag;
      else if (!this.#gone.delete(tag)) break;
      this.#watermark = tag;
    }
    // `last` itself is still outstanding: a multiple ack whose tag is unknown to the broker would close the channel.
    if (last > 0) this.#send(last, true);
    if (!all && this.#waiting.size < this.#singlesFrom) return;
    for (const tag of this.#waiting) {
      this.#send(tag, false);
      this.#gone.add(tag);
    }
    this.#waiting.clear();
  }
}
