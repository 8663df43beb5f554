/** The end of the time that some sends may take. */
class Deadline {
  readonly signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  #open = 0;

  constructor(timeoutMs: number, reason: () => Error) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#timer = setTimeout(() => controller.abort(reason()), timeoutMs);
  }

  /** False once all who shared it have ended. */
  get running(): boolean {
    return this.#open > 0;
  }

  share(): this {
    this.#open++;
    return this;
  }

  /** Once for each share. */
  end(): void {
    if (--this.#open === 0) clearTimeout(this.#timer);
  }
}

export type { Deadline };

/** Sends that begin in the same millisecond share a timer and a signal: one each would cost more than the send. */
export class Deadlines {
  readonly #reason: (timeoutMs: number) => Error;
  #last: Deadline | undefined;
  #at = Number.NaN;
  #timeoutMs = Number.NaN;

  /** @param reason of the signals */
  constructor(reason: (timeoutMs: number) => Error) {
    this.#reason = reason;
  }

  /** Call `end` on it when the send has ended. */
  start(timeoutMs: number): Deadline {
    const now = Math.floor(performance.now());
    if (this.#last?.running && now === this.#at && timeoutMs === this.#timeoutMs) return this.#last.share();
    this.#last = new Deadline(timeoutMs, () => this.#reason(timeoutMs));
    this.#at = now;
    this.#timeoutMs = timeoutMs;
    return this.#last.share();
  }
}
