import { fullJitter, pause } from '../backoff.ts';
import type { Problems } from '../problems.ts';
import type { ProducerClient } from '../producer.ts';
import type { Outbox, StoredMessage } from './outbox.ts';

/** How long a committed message waits at most before it is seen. */
const pollMs = 100;
const batchSize = 256;
/** Lanes at work or waiting after a failure, at most: it bounds what is in memory. */
const maxLanes = 1_024;

/**
 * Sends what is in the outbox: lanes side by side, one message of a lane after the other, each removed when the broker
 * has confirmed it. A failure holds its lane and no other. After a crash, what was confirmed and not yet removed is
 * sent again, with the same event id.
 */
export class Relay {
  readonly #outbox: Outbox;
  readonly #producers: Readonly<Record<string, Pick<ProducerClient, 'forward'>>>;
  readonly #problems: Problems;
  readonly #stopping = new AbortController();
  /** Aborts when the right to send is lost; a new one follows. */
  #right = new AbortController();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, number>();
  /** Lanes that have ended; they may be read again once what they have sent is removed. */
  #ended: string[] = [];
  #sent: string[] = [];
  #wake: () => void = () => {};
  #loop: Promise<void> = Promise.resolve();

  constructor(
    outbox: Outbox,
    producers: Readonly<Record<string, Pick<ProducerClient, 'forward'>>>,
    problems: Problems,
  ) {
    this.#outbox = outbox;
    this.#producers = producers;
    this.#problems = problems;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Finishes the sends that are at work; everything else stays in the outbox. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stopping.signal.aborted; ) {
      // Before the work, so that what ends meanwhile is not missed.
      const woken = this.#woken();
      try {
        const found = await this.#step();
        this.#problems.clear('outbox');
        failures = 0;
        if (found < batchSize) await woken;
      } catch (error) {
        this.#right.abort();
        this.#right = new AbortController();
        this.#problems.raise('outbox', 'The outbox does not answer; its messages wait.', error);
        await pause(fullJitter(++failures, 100, 5_000), this.#stopping.signal);
      }
    }
    await Promise.all(this.#lanes.values());
    await this.#removeSent().catch(() => {});
  }

  async #step(): Promise<number> {
    await this.#removeSent();
    if (this.#lanes.size >= maxLanes) return 0;
    const messages = await this.#outbox.read([...this.#lanes.keys()], batchSize);
    for (const [lane, own] of byLane(messages)) {
      const work = this.#sendLane(lane, own, this.#right.signal).then(() => {
        this.#ended.push(lane);
        this.#wake();
      });
      this.#lanes.set(lane, work);
    }
    return messages.length;
  }

  async #removeSent(): Promise<void> {
    const sent = this.#sent;
    const ended = this.#ended;
    // Lanes at work add to new lists meanwhile.
    this.#sent = [];
    this.#ended = [];
    try {
      if (sent.length > 0) await this.#outbox.remove(sent);
      for (const lane of ended) this.#lanes.delete(lane);
    } catch (error) {
      this.#sent.push(...sent);
      this.#ended.push(...ended);
      throw error;
    }
  }

  /** Never rejects. */
  async #sendLane(lane: string, messages: readonly StoredMessage[], right: AbortSignal): Promise<void> {
    for (const stored of messages) {
      if (right.aborted || this.#stopping.signal.aborted) return;
      const problem = `outbox.${stored.producer}`;
      try {
        const producer = this.#producers[stored.producer];
        if (producer === undefined) throw new Error(`This service has no producer ${stored.producer}.`);
        await producer.forward(stored.message, stored.destination);
        this.#sent.push(stored.id);
        this.#failures.delete(lane);
        this.#problems.clear(problem);
      } catch (error) {
        const failures = (this.#failures.get(lane) ?? 0) + 1;
        this.#failures.set(lane, failures);
        this.#problems.raise(problem, `${stored.producer} cannot send a message of the outbox.`, error);
        return pause(fullJitter(failures, 500, 30_000), this.#stopping.signal);
      }
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function byLane(messages: readonly StoredMessage[]): Map<string, StoredMessage[]> {
  const lanes = new Map<string, StoredMessage[]>();
  for (const message of messages) {
    const own = lanes.get(message.lane);
    if (own === undefined) lanes.set(message.lane, [message]);
    else own.push(message);
  }
  return lanes;
}
