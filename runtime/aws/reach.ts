import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ConnectionLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { explained } from './errors.ts';

/** What `send` of a client takes besides the command. */
export interface RequestOptions {
  readonly abortSignal: AbortSignal;
}

type Request<T> = (options: RequestOptions) => Promise<T>;

/** Milliseconds until an answer, where the request does not say otherwise. */
const answerMs = 10_000;

/**
 * Makes requests of one service, bounded in time and with its errors explained, and knows whether it answers: over HTTP
 * there is no connection that could tell. Once it does not, it is asked again and again until it does.
 */
export class Reach {
  readonly service: string;
  readonly #probe: Request<unknown>;
  readonly #log: Logger;
  readonly #closing = new AbortController();
  #answers = false;
  #isProbing = false;

  /**
   * @param service its name, for people
   * @param probe a cheap request that needs no right of its own; being refused is an answer too
   */
  constructor(service: string, probe: Request<unknown>, log: Logger) {
    this.service = service;
    this.#probe = probe;
    this.#log = log;
  }

  get answers(): boolean {
    return this.#answers;
  }

  /**
   * @param withinMs time for the answer
   * @throws ConnectionLostError when there is none, the signal's reason, or what `explained` makes of a refusal
   */
  async call<T>(request: Request<T>, signal: AbortSignal, withinMs = answerMs): Promise<T> {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    const late = AbortSignal.timeout(withinMs);
    const abortSignal = AbortSignal.any([signal, late, this.#closing.signal]);
    try {
      const answer = await orAborted(request({ abortSignal }), abortSignal);
      this.#answered();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      this.#closing.signal.throwIfAborted();
      const lost = late.aborted
        ? new ConnectionLostError(`${this.service} has not answered in time.`)
        : error;
      const reason = explained(this.service, lost);
      if (reason instanceof ConnectionLostError) this.#lost(reason);
      else this.#answered();
      throw reason;
    }
  }

  /** What is under way fails with the reason. */
  close(reason: Error): void {
    this.#closing.abort(reason);
  }

  #answered(): void {
    this.#answers = true;
  }

  #lost(error: Error): void {
    if (this.#answers || !this.#isProbing)
      this.#log.warn({ err: error }, `${this.service} is not reachable; trying again.`);
    this.#answers = false;
    if (!this.#isProbing) void this.#recover();
  }

  async #recover(): Promise<void> {
    const { signal } = this.#closing;
    this.#isProbing = true;
    for (let attempt = 1; !this.#answers && !signal.aborted; attempt++) {
      await pause(100 + fullJitter(attempt, 100, 2_000), signal);
      await this.call(this.#probe, signal).catch(() => {});
    }
    this.#isProbing = false;
  }
}
