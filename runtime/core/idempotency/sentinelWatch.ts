import type { Logger } from '../log.ts';

const everyMs = 10_000;

/** Looks for a store's sentinel now and then, so that lost records are noticed while no message comes, too. */
export class SentinelWatch {
  readonly #isPresent: () => Promise<boolean>;
  #timer: NodeJS.Timeout | undefined;
  #log: Logger | undefined;
  #lost = false;

  /** @param isPresent rejects when the store does not answer, which says nothing about its records */
  constructor(isPresent: () => Promise<boolean>) {
    this.#isPresent = isPresent;
  }

  get lost(): boolean {
    return this.#lost;
  }

  start(log: Logger | undefined): void {
    this.#log = log;
    this.#timer = setInterval(() => void this.look(), everyMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const present = await this.#isPresent().catch(() => undefined);
    if (present !== undefined) this.note(!present);
  }

  /** What somebody else has seen of the sentinel. */
  note(lost: boolean): void {
    if (lost && !this.#lost) this.#log?.error({}, 'The idempotency store has lost its records.');
    if (!lost && this.#lost) this.#log?.info({}, 'The idempotency store has its records again.');
    this.#lost = lost;
  }
}
