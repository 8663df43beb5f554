import type { Message } from '@aws-sdk/client-sqs';
import { deferred, orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { headerNames, textHeader } from '../core/headers.ts';
import type { Logger } from '../core/log.ts';
import type { Backlog, QueueSource, SubscribeOptions, Subscription } from '../core/types.ts';
import { read, SqsDelivery } from './delivery.ts';
import { Leases } from './leases.ts';
import type { Queues } from './queues.ts';
import { receive } from './receive.ts';

export type QueueSubscription = Extract<SubscribeOptions, QueueSource>;

/** Messages of one receive, and receives under way while each brings as many. */
const maxReceive = 10;
const maxReceives = 8;
/** Milliseconds in which more room may come free. */
const gatherMs = 5;
/**
 * Milliseconds after which a receive that has brought nothing waits at an empty queue. Before that it may be about to bring
 * some, which nobody would see for a while if it were given up.
 */
const promptMs = 500;
/** The longest that a message can be hidden, less than which is always granted. */
const maxHideSeconds = 43_000;

interface Settings {
  readonly visibilityMs: number;
  readonly waitSeconds: number;
}

/** A queue consumed by long polls: more at once while there is plenty, one while there is nothing. */
export class SqsSubscription implements Subscription {
  readonly #options: QueueSubscription;
  readonly #queues: Queues;
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  /** Ends receives under way. */
  readonly #giveUp = new AbortController();
  readonly #joined = deferred<void>();
  readonly #run: Promise<void>;
  readonly #receives = new Set<Promise<void>>();
  #leases: Leases | undefined;
  #outstanding = 0;
  #reserved = 0;
  #target = 1;
  /** When the last receive began. */
  #askedAt = 0;
  #room = deferred<void>();
  #healthy = false;
  #failures = 0;
  /** What went wrong last, while it does. */
  #known: string | undefined;

  constructor(queues: Queues, options: QueueSubscription, log: Logger) {
    this.#queues = queues;
    this.#options = options;
    this.#log = log;
    this.#run = this.#work();
  }

  /** False while SQS does not answer, or the queue is gone. */
  get healthy(): boolean {
    return this.#stopping.signal.aborted || this.#healthy;
  }

  whenJoined(signal: AbortSignal): Promise<void> {
    return orAborted(this.#joined.promise, signal);
  }

  /** What can be received now. SQS tells its age to CloudWatch only. */
  async backlog(): Promise<Backlog> {
    const signal = AbortSignal.any([this.#giveUp.signal, AbortSignal.timeout(5_000)]);
    const { ApproximateNumberOfMessages = '0' } = await this.#queues.attributesOf(
      this.#options.queue,
      ['ApproximateNumberOfMessages'],
      signal,
    );
    return { messages: Number(ApproximateNumberOfMessages) };
  }

  async cancel(): Promise<void> {
    this.#stopping.abort();
    this.#room.resolve();
    const prompt = Math.max(0, this.#askedAt + promptMs - performance.now());
    const late = setTimeout(() => this.#giveUp.abort(), prompt);
    await this.#run;
    clearTimeout(late);
  }

  async close(): Promise<void> {
    await this.cancel();
    await this.#leases?.close();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    const settings = await this.#join();
    if (settings === undefined) return;
    const leases = new Leases({ queues: this.#queues, ...settings, queue: this.#options.queue });
    this.#leases = leases;
    this.#joined.resolve();
    while (!signal.aborted) {
      if (this.#failures > 0) await pause(20 + fullJitter(this.#failures, 50, 2_000), signal);
      else if (this.#free > 0 && this.#isNearlyFull) await pause(gatherMs, signal);
      this.#room = deferred();
      while (!signal.aborted && this.#free > 0 && this.#receives.size < this.#target) {
        const work: Promise<void> = this.#receive(settings, leases).finally(() => {
          this.#receives.delete(work);
          this.#room.resolve();
        });
        this.#receives.add(work);
      }
      if (!signal.aborted) await this.#room.promise;
    }
    await Promise.all(this.#receives);
  }

  get #free(): number {
    return this.#options.prefetch - this.#outstanding - this.#reserved;
  }

  /** So little is free that a request pays better a moment later: what is held keeps the handlers busy. */
  get #isNearlyFull(): boolean {
    return this.#free < Math.min(maxReceive, this.#options.prefetch / 4);
  }

  async #join(): Promise<Settings | undefined> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        const { VisibilityTimeout = '30', ReceiveMessageWaitTimeSeconds = '0' } =
          await this.#queues.attributesOf(
            this.#options.queue,
            ['VisibilityTimeout', 'ReceiveMessageWaitTimeSeconds'],
            signal,
          );
        this.#healthy = true;
        return {
          // A queue whose messages are not hidden at all would hand each to everybody.
          visibilityMs: (Number(VisibilityTimeout) || 30) * 1_000,
          waitSeconds: Number(ReceiveMessageWaitTimeSeconds) || 20,
        };
      } catch (error) {
        this.#complain(error);
        await pause(20 + fullJitter(++failures, 50, 2_000), signal);
      }
    }
    return undefined;
  }

  async #receive({ visibilityMs, waitSeconds }: Settings, leases: Leases): Promise<void> {
    const { queue } = this.#options;
    const most = Math.min(maxReceive, this.#free);
    const visibilitySeconds = visibilityMs / 1_000;
    this.#reserved += most;
    this.#askedAt = performance.now();
    try {
      const asked = { queue, most, waitSeconds, visibilitySeconds };
      const messages = await receive(this.#queues, asked, this.#giveUp.signal);
      this.#healthy = true;
      this.#failures = 0;
      this.#known = undefined;
      this.#target = messages.length === maxReceive ? Math.min(this.#target + 1, maxReceives) : 1;
      this.#reserved -= most;
      for (const message of messages) this.#take(message, leases);
    } catch (error) {
      this.#reserved -= most;
      this.#target = 1;
      if (!this.#giveUp.signal.aborted) this.#complain(error);
    }
  }

  #take(message: Message, leases: Leases): void {
    this.#outstanding++;
    const onSettled = () => {
      this.#outstanding--;
      this.#room.resolve();
    };
    const lease = leases.take(message, onSettled);
    const early = secondsUntilDue(message);
    if (this.#stopping.signal.aborted || early > 1) {
      leases.giveBack(lease, Math.min(Math.max(early, 1), maxHideSeconds));
      onSettled();
    } else void this.#options.onDelivery(new SqsDelivery(this.#options.queue, lease, leases, onSettled));
  }

  /** What is new is logged. */
  #complain(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const { queue } = this.#options;
    if (text !== this.#known)
      this.#log.error({ err: error, queue }, 'The queue cannot be read; trying again.');
    this.#known = text;
    this.#healthy = false;
    this.#failures++;
  }
}

/** A copy for another attempt may have to wait for longer than SQS holds a new message back. */
function secondsUntilDue(message: Message): number {
  const due = textHeader(read(message).message.headers, headerNames.dueTime);
  return due === undefined ? 0 : Math.ceil((Date.parse(due) - Date.now()) / 1_000) || 0;
}
