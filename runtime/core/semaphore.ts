interface Waiter {
  grant(): void;
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

  /** @throws the signal's reason when it aborts before a permit is free */
  acquire(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.tryAcquire()) return resolve();
      const onAbort = () => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
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
