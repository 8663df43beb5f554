import { orAborted } from '../abort.ts';
import { pause } from '../backoff.ts';
import type { Delivery, Transport } from '../types.ts';
import { type DeadLetter, letterOf } from './letter.ts';

export interface DeadLetterSelection {
  /** Most dead letters to take. Default: all. */
  readonly limit?: number;
  /** Which of them. Default: all. */
  readonly select?: (letter: DeadLetter) => boolean;
  /** Most dead letters to hold in memory because they are not selected; beyond it the sweep ends. Default 100 000. */
  readonly maxSkipped?: number;
}

export interface SweepOptions extends DeadLetterSelection {
  /** Most dead letters to settle a second. Default: no bound. */
  readonly perSecond?: number;
  /** Called for each dead letter once it is settled for good. */
  onSettled?(letter: DeadLetter): void;
}

export interface SweepReport {
  /** Dead letters settled; copies of one death count once, but for those that the broker has moved. */
  readonly settled: number;
  /** Looked at and left where they were. */
  readonly skipped: number;
  /** False: the limit, `maxSkipped` or the signal ended the sweep before the channel was empty. */
  readonly complete: boolean;
}

/** Sends under way at once. */
const window = 64;
const maxFetchMs = 60_000;

/**
 * Goes once through a dead-letter channel, from its head. A selected letter is settled, and only then acknowledged; all
 * others are held until the end and given back, so that none is met twice. Whenever the process dies, the broker still
 * has everything that was not settled: running it again goes on from there.
 */
export class Sweep {
  readonly #transport: Transport;
  readonly #queue: string;
  readonly #options: SweepOptions;
  readonly #signal: AbortSignal;
  readonly #settle: (letter: DeadLetter) => Promise<void>;
  /** By id, so that further copies of one death wait for the outcome of the first. */
  readonly #settling = new Map<string, Promise<boolean>>();
  readonly #underway = new Set<Promise<boolean>>();
  readonly #held: Delivery[] = [];
  readonly #startedAt = performance.now();
  #taken = 0;
  #settled = 0;
  #failure: { readonly error: unknown } | undefined;

  /** @param settle resolves once the letter may be removed */
  constructor(
    transport: Transport,
    queue: string,
    options: SweepOptions,
    signal: AbortSignal,
    settle: (letter: DeadLetter) => Promise<void>,
  ) {
    this.#transport = transport;
    this.#queue = queue;
    this.#options = options;
    this.#signal = signal;
    this.#settle = settle;
  }

  /** @throws what the first failing `settle` threw, after what was under way has settled */
  async run(): Promise<SweepReport> {
    let complete = false;
    try {
      while (!this.#signal.aborted && this.#failure === undefined) {
        const delivery = await this.#fetch();
        complete = delivery === undefined && !this.#signal.aborted;
        if (delivery === undefined || !(await this.#take(delivery))) break;
      }
    } finally {
      await Promise.all(this.#underway);
      for (const delivery of this.#held) delivery.reject(true);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    return { settled: this.#settled, skipped: this.#held.length, complete };
  }

  async #fetch(): Promise<Delivery | undefined> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(maxFetchMs)]);
    try {
      return await orAborted(this.#transport.fetch(this.#queue), signal);
    } catch (error) {
      if (this.#signal.aborted) return undefined;
      throw error;
    }
  }

  /** False: the sweep is over. */
  async #take(delivery: Delivery): Promise<boolean> {
    const { limit = Number.POSITIVE_INFINITY, maxSkipped = 100_000, select } = this.#options;
    const letter = letterOf(delivery);
    const first = letter.id === '' ? undefined : this.#settling.get(letter.id);
    if (first !== undefined) {
      this.#track(first.then((isSettled) => this.#finish(delivery, isSettled)));
      return true;
    }
    if (this.#taken >= limit || !(select?.(letter) ?? true)) {
      this.#held.push(delivery);
      return this.#taken < limit && this.#held.length < maxSkipped;
    }
    await this.#pace();
    if (this.#signal.aborted) {
      this.#held.push(delivery);
      return false;
    }
    this.#taken++;
    const outcome = this.#attempt(letter).then((isSettled) => this.#finish(delivery, isSettled));
    if (letter.id !== '') this.#settling.set(letter.id, outcome);
    this.#track(outcome);
    while (this.#underway.size >= window) await Promise.race(this.#underway);
    return true;
  }

  async #attempt(letter: DeadLetter): Promise<boolean> {
    try {
      await this.#settle(letter);
      this.#settled++;
      this.#options.onSettled?.(letter);
      return true;
    } catch (error) {
      this.#failure ??= { error };
      return false;
    }
  }

  #finish(delivery: Delivery, isSettled: boolean): boolean {
    if (isSettled) delivery.ack();
    else this.#held.push(delivery);
    return isSettled;
  }

  #track(work: Promise<boolean>): void {
    const tracked = work.finally(() => this.#underway.delete(tracked));
    this.#underway.add(tracked);
  }

  /** Waits until the next one is due. The first is due at once. */
  async #pace(): Promise<void> {
    const { perSecond } = this.#options;
    if (perSecond === undefined) return;
    const dueAt = this.#startedAt + (this.#taken * 1_000) / perSecond;
    await pause(Math.max(0, dueAt - performance.now()), this.#signal);
  }
}
