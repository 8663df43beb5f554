/** Runs tasks of one key one after the other, in the order they were given; different keys run side by side. */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Keys with work in them. */
  get size(): number {
    return this.#tails.size;
  }

  /** A failing task does not stop the later ones of its key. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key);
    const result = previous === undefined ? task() : previous.then(task, task);
    const tail = result.then(ignore, ignore).then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
    return result;
  }
}

function ignore(): void {}
