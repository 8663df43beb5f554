interface Waiter {
  grant(): void;
  /** Whether nobody needs the permit any more. */
  isGone?(): boolean;
  refuse(): void;
}

/** A counting semaphore, first come first served. */
export class Semaphore {
  #free: number;
  readonly #waiting = new Set<Waiter>();

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
   * @param isGone asked before others queue up behind, so that those who need no permit any more do not pile up
   * @throws the signal's reason when it aborts before a permit is free, or an error for one that is gone
   */
  acquire(signal: AbortSignal, isGone?: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.tryAcquire()) return resolve();
      this.#sweep();
      const onAbort = () => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
        ...(isGone === undefined ? {} : { isGone }),
        refuse: () => {
          signal.removeEventListener('abort', onAbort);
          reject(new Error('Gone while it waited for a permit.'));
        },
      };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** The oldest are gone first: what a lost connection had handed out. */
  #sweep(): void {
    for (const waiter of this.#waiting) {
      if (waiter.isGone?.() !== true) return;
      this.#waiting.delete(waiter);
      waiter.refuse();
    }
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
