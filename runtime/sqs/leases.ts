import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { maxEntries, type RefusedEntry, refusedEntries } from '../aws/batcher.ts';
import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import type { Queues } from './queues.ts';

/** A message that is hidden from others while it is ours. */
export interface Lease {
  readonly message: Message;
  readonly receipt: string;
  /** On the clock of `performance.now()`: from then on SQS may hand the message to others. */
  until: number;
  state: 'held' | 'deleting' | 'returning' | 'over';
  /** Seconds for which it stays hidden when it is given back. */
  hideSeconds: number;
  /** Called when it ends while it is held. */
  readonly onLost: () => void;
}

interface LeasesOptions {
  readonly queues: Queues;
  readonly queue: string;
  /** How long a received message is hidden, and by how much that is extended each third of it. */
  readonly visibilityMs: number;
}

/** An answer says when it was sent by no clock of ours: this much of the visibility may be over when it is here. */
const transitMs = 500;
/**
 * Not at once: a message that nobody can take would go round as fast as it can; and the emulator of the tests, fauxqs 2.4.1
 * with its state on disk, loses a message whose time is set to nothing.
 */
const soonSeconds = 1;
/** Milliseconds that the last requests may take. */
const maxFlushMs = 2_500;

/**
 * The messages that were received and are not settled yet: what is at work stays hidden, what is done with is deleted,
 * what is given back is seen again; each in batches, of which each entry succeeds or fails for itself.
 */
export class Leases {
  readonly #options: LeasesOptions;
  readonly #open = new Set<Lease>();
  readonly #ending = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  #settling: Promise<void> | undefined;

  constructor(options: LeasesOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => void this.#extend(), options.visibilityMs / 3);
    this.#heartbeat.unref();
  }

  /** Just received. */
  take(message: Message, onLost: () => void = () => {}): Lease {
    const { visibilityMs } = this.#options;
    const lease: Lease = {
      message,
      receipt: message.ReceiptHandle ?? '',
      until: performance.now() + visibilityMs - Math.min(transitMs, visibilityMs / 4),
      state: 'held',
      hideSeconds: soonSeconds,
      onLost,
    };
    this.#open.add(lease);
    return lease;
  }

  /** Done with it. */
  delete(lease: Lease): void {
    this.#settle(lease, 'deleting');
  }

  /** Others may have it, after a while. */
  giveBack(lease: Lease, hideSeconds = soonSeconds): void {
    lease.hideSeconds = hideSeconds;
    this.#settle(lease, 'returning');
  }

  /** Gives back what is held, and waits a moment for what is under way. */
  async close(): Promise<void> {
    for (const lease of this.#open) this.giveBack(lease);
    await orAborted(this.flush(), AbortSignal.timeout(maxFlushMs)).catch(() => {});
    clearInterval(this.#heartbeat);
    this.#ending.abort();
    for (const lease of this.#open) lease.state = 'over';
    this.#open.clear();
  }

  /** Never rejects: what could not be settled is seen again by itself. */
  flush(): Promise<void> {
    this.#settling ??= this.#settleAll().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  #settle(lease: Lease, state: 'deleting' | 'returning'): void {
    if (lease.state !== 'held') return;
    lease.state = state;
    // In a later turn: what is settled in this one goes along.
    if (this.#settling === undefined) setImmediate(() => void this.flush());
  }

  async #settleAll(): Promise<void> {
    for (let failures = 0; !this.#ending.signal.aborted; ) {
      this.#forgetExpired();
      const deleted = [...this.#open].filter(({ state }) => state === 'deleting');
      const returned = [...this.#open].filter(({ state }) => state === 'returning');
      if (deleted.length + returned.length === 0) return;
      const done = await Promise.all([
        ...batchesOf(deleted).map((batch) => this.#finish(batch, () => this.#delete(batch))),
        ...batchesOf(returned).map((batch) =>
          this.#finish(batch, () => this.#hide(batch, ({ hideSeconds }) => hideSeconds)),
        ),
      ]);
      if (done.includes(false)) await pause(fullJitter(++failures, 50, 1_000), this.#ending.signal);
    }
  }

  /** False: something of it has to be tried once more. */
  async #finish(batch: readonly Lease[], request: () => Promise<readonly RefusedEntry[]>): Promise<boolean> {
    try {
      const failed = new Set((await request()).map(({ at }) => at));
      for (const [at, lease] of batch.entries()) if (!failed.has(at)) this.#end(lease);
      return failed.size === 0;
    } catch {
      return false;
    }
  }

  /**
   * What may be seen by others again is ours no more, even where its time could still be extended: whoever found it stale
   * has left it alone since.
   */
  #forgetExpired(): void {
    const now = performance.now();
    for (const lease of this.#open) if (lease.until <= now) this.#end(lease);
  }

  #end(lease: Lease): void {
    const isLost = lease.state === 'held';
    lease.state = 'over';
    this.#open.delete(lease);
    if (isLost) lease.onLost();
  }

  /** Everything that would be seen again before the beat after the next. */
  async #extend(): Promise<void> {
    const { visibilityMs } = this.#options;
    const now = performance.now();
    this.#forgetExpired();
    const soon = now + (visibilityMs * 2) / 3;
    const due = [...this.#open].filter(({ state, until }) => state !== 'returning' && until < soon);
    await Promise.all(
      batchesOf(due).map(async (batch) => {
        const until = performance.now() + visibilityMs;
        const refusals = await this.#hide(batch, () => Math.ceil(visibilityMs / 1_000)).catch(
          () => undefined,
        );
        // Without an answer the time that was granted before goes on.
        if (refusals === undefined) return;
        const refused = new Set(refusals.map(({ at }) => at));
        for (const [at, lease] of batch.entries()) {
          if (!refused.has(at)) lease.until = until;
          // It is in other hands, or has been hidden for twelve hours, which is the longest there is.
          else if (lease.state === 'held') this.#end(lease);
        }
      }),
    );
  }

  #delete(batch: readonly Lease[]): Promise<readonly RefusedEntry[]> {
    return this.#request(batch, (QueueUrl) => {
      const Entries = batch.map(({ receipt }, at) => ({ Id: String(at), ReceiptHandle: receipt }));
      const command = new DeleteMessageBatchCommand({ QueueUrl, Entries });
      return (options) => this.#options.queues.client.send(command, options);
    });
  }

  #hide(batch: readonly Lease[], seconds: (lease: Lease) => number): Promise<readonly RefusedEntry[]> {
    return this.#request(batch, (QueueUrl) => {
      const Entries = batch.map((lease, at) => ({
        Id: String(at),
        ReceiptHandle: lease.receipt,
        VisibilityTimeout: seconds(lease),
      }));
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries });
      return (options) => this.#options.queues.client.send(command, options);
    });
  }

  async #request(
    batch: readonly Lease[],
    prepare: (
      url: string,
    ) => (options: { abortSignal: AbortSignal }) => Promise<Parameters<typeof refusedEntries>[1]>,
  ): Promise<readonly RefusedEntry[]> {
    const { queues, queue } = this.#options;
    const { signal } = this.#ending;
    const request = prepare(await queues.urlOf(queue, signal));
    return refusedEntries(batch.length, await queues.asking(queue, request, signal));
  }
}

function batchesOf<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < items.length; at += maxEntries) batches.push(items.slice(at, at + maxEntries));
  return batches;
}
