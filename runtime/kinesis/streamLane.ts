import type { StreamInfo } from './api.ts';

export interface PutRecord {
  readonly Data: Buffer;
  readonly PartitionKey: string;
}

/** One record that waits to be confirmed. */
export interface Send {
  readonly record: PutRecord;
  readonly bytes: number;
  /** How often Kinesis has refused it for the moment. */
  failures: number;
  /** Settles it; later calls have no effect. */
  settle(error?: Error): void;
}

interface Waiting extends Send {
  settled: boolean;
  notBefore: number;
}

/**
 * Of one PutRecords request (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html): the limit of
 * its bytes is 10 MiB, or 5 MiB in regions and emulators that have the older one.
 */
const maxRecords = 500;
const maxBytes = 5 * 1024 * 1024;

/**
 * What is on its way to one stream. PutRecords may refuse a record and take one behind it, so a request carries at most
 * one record of each partition key, and the next of that key waits until this one is settled: the order of a key holds
 * whatever part of a request fails.
 */
export class StreamLane {
  /** What is known of the stream, and while it is being asked for. */
  stream: StreamInfo | undefined;
  finding: Promise<StreamInfo> | undefined;
  readonly #maxRequests: number;
  readonly #send: (sends: readonly Send[]) => Promise<void>;
  /** In the order in which they were sent; the first of each key that is not under way has its turn. */
  readonly #byKey = new Map<string, Waiting[]>();
  /** Keys with a record under way. */
  readonly #busy = new Set<string>();
  #requests = 0;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(requests: number, send: (sends: readonly Send[]) => Promise<void>) {
    this.#maxRequests = requests;
    this.#send = send;
  }

  add(record: PutRecord, bytes: number, signal: AbortSignal, end: (error?: Error) => void): void {
    const onAbort = () => send.settle(signal.reason);
    const send: Waiting = {
      record,
      bytes,
      failures: 0,
      notBefore: 0,
      settled: false,
      settle: (error) => {
        if (send.settled) return;
        send.settled = true;
        signal.removeEventListener('abort', onAbort);
        end(error);
      },
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const waiting = this.#byKey.get(record.PartitionKey);
    if (waiting === undefined) this.#byKey.set(record.PartitionKey, [send]);
    else waiting.push(send);
    this.#schedule();
  }

  /** Before those of its key that came later. */
  repeat(send: Send, delayMs: number): void {
    const waiting = send as Waiting;
    waiting.notBefore = performance.now() + delayMs;
    const { PartitionKey: key } = send.record;
    this.#byKey.set(key, [waiting, ...(this.#byKey.get(key) ?? [])]);
  }

  close(reason: Error): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const waiting of this.#byKey.values()) for (const send of waiting) send.settle(reason);
    this.#byKey.clear();
  }

  /** At the end of this turn of the event loop, so that records sent together travel together. */
  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    clearTimeout(this.#timer);
    while (this.#requests < this.#maxRequests && !this.#closed) {
      const batch = this.#cut();
      if (batch.length === 0) break;
      void this.#run(batch);
    }
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    this.#requests++;
    await this.#send(batch);
    this.#requests--;
    for (const { record } of batch) this.#busy.delete(record.PartitionKey);
    this.#schedule();
  }

  /** The next record of as many keys as fit into a request. Looks when the next one is due, if there is none now. */
  #cut(): readonly Waiting[] {
    const now = performance.now();
    const batch: Waiting[] = [];
    let bytes = 0;
    let next = Number.POSITIVE_INFINITY;
    for (const [key, waiting] of this.#byKey) {
      if (this.#busy.has(key)) continue;
      while (waiting[0]?.settled) waiting.shift();
      const [first] = waiting;
      if (first === undefined) {
        this.#byKey.delete(key);
        continue;
      }
      if (first.notBefore > now) {
        next = Math.min(next, first.notBefore);
        continue;
      }
      if (batch.length === maxRecords || (batch.length > 0 && bytes + first.bytes > maxBytes)) break;
      waiting.shift();
      this.#busy.add(key);
      batch.push(first);
      bytes += first.bytes;
    }
    if (batch.length === 0 && next !== Number.POSITIVE_INFINITY)
      this.#timer = setTimeout(() => this.#schedule(), next - now);
    return batch;
  }
}
