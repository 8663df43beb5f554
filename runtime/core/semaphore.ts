import { unwatchAbort, watchAbort } from './abort.ts';

interface Waiter {
  grant(): void;
  /** Whether nobody needs the permit any more. */
  isGone?(): boolean;
  refuse(): void;
}

/** Waiters that queue up before those are looked for that are gone: they are so many more than the others, at most. */
const sweepEvery = 16;

/** A counting semaphore, first come first served. */
export class Semaphore {
  #free: number;
  readonly #waiting = new Set<Waiter>();
  #sweepAt = sweepEvery;

  constructor(permits: number) {
    this.#free = permits;
  }

  /** Takes a permit without waiting, if there is one. */
  tryAcquire(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /**
   * @param isGone asked while others queue up behind, so that those who need no permit any more do not pile up
   * @throws the signal's reason when it aborts before a permit is free, or an error for one that is gone
   */
  acquire(signal: AbortSignal, isGone?: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.tryAcquire()) return resolve();
      if (this.#waiting.size >= this.#sweepAt) this.#sweep();
      const onAbort = () => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        grant: () => {
          unwatchAbort(signal, onAbort);
          resolve();
        },
        ...(isGone === undefined ? {} : { isGone }),
        refuse: () => {
          unwatchAbort(signal, onAbort);
          reject(new Error('Gone while it waited for a permit.'));
        },
      };
      this.#waiting.add(waiter);
      watchAbort(signal, onAbort);
    });
  }

  #sweep(): void {
    for (const waiter of this.#waiting) {
      if (waiter.isGone?.() !== true) continue;
      this.#waiting.delete(waiter);
      waiter.refuse();
    }
    this.#sweepAt = this.#waiting.size + sweepEvery;
  }

  release(): void {
    for (const waiter of this.#waiting) {
      this.#waiting.delete(waiter);
      waiter.grant();
      return;
    }
    this.#free++;
  }
}
