interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/**
 * Makes one request of what is asked within one turn of the event loop: deliveries come many at a time, and a request
 * each costs more than what it asks for.
 */
export class Coalesced<Item, Answer> {
  readonly #ask: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #most: number;
  #waiting: Waiting<Item, Answer>[] = [];

  /**
   * @param ask gives an answer for each item, in the same order; when it rejects, all of them do
   * @param most items of one request
   */
  constructor(ask: (items: readonly Item[]) => Promise<readonly Answer[]>, most: number) {
    this.#ask = ask;
    this.#most = most;
  }

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length = this.#waiting.push({ item, resolve, reject });
      if (length === this.#most) void this.#flush();
      // One that is full has gone before: what is here then is asked at once, if there is any.
      else if (length === 1) setImmediate(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    try {
      const answers = await this.#ask(waiting.map(({ item }) => item));
      if (answers.length !== waiting.length)
        throw new Error(`${answers.length} answers to ${waiting.length} questions.`);
      for (const [at, { resolve }] of waiting.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
