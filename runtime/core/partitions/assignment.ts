import { headerNames as names, textHeader } from '../headers.ts';
import type { Delivery, TopicOrigin, WireMessage } from '../types.ts';

/** A record as a log keeps it. */
export interface LogRecord {
  readonly offset: bigint;
  readonly key?: Uint8Array;
  readonly message: WireMessage;
}

/** Handed out and not yet settled, or settled behind one that is not. */
interface Entry {
  readonly offset: bigint;
  settled: boolean;
}

/** Most records between the oldest that is not settled and the newest handed out: a crash repeats them at most. */
const maxSpan = 10_000;

/** Records of one partition that wait to be handed out, before reading pauses. */
const readAhead = 256;

type OnDelivery = (delivery: Delivery) => Promise<void> | void;

interface Owner {
  /** There are records to hand out. */
  filled(): void;
  /** So many of those handed out no longer count. */
  freed(count: number): void;
  /** A slot became free, or the next record may be handed out. */
  wake(): void;
  /** Something was settled; perhaps there is more to commit. */
  progressed(): void;
}

/**
 * One partition while it is this member's, from the offset it starts at. The object is the epoch: what was handed out
 * under an earlier assignment of the same partition settles there, and moves nothing here.
 */
export class Assignment {
  readonly topic: string;
  readonly partition: number;
  /** Offset to read next. */
  position: bigint;
  /** Offset that the next record of the partition gets, as far as this member has heard. */
  highWatermark: bigint;
  readonly #maxDelayMs: number | undefined;
  readonly #owner: Owner;
  readonly #atWork = new Set<Promise<void>>();
  #buffer: LogRecord[] = [];
  #entries: Entry[] = [];
  #outstanding = 0;
  /** Last record whose handler has begun, or that is settled. */
  #begun = -1n;
  #state: 'open' | 'revoked' | 'ended' = 'open';
  #dueTimer: NodeJS.Timeout | undefined;
  #waitedFor: LogRecord | undefined;

  constructor(
    { topic, partition, position }: { topic: string; partition: number; position: bigint },
    maxDelayMs: number | undefined,
    owner: Owner,
  ) {
    this.topic = topic;
    this.partition = partition;
    this.position = position;
    this.highWatermark = position;
    this.#maxDelayMs = maxDelayMs;
    this.#owner = owner;
  }

  /** It is another member's affair, even where this member has got the partition again. */
  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Nothing waits to be handed out. */
  get isEmpty(): boolean {
    return this.#buffer.length === 0;
  }

  /** Little is waiting here: reading on is useful. While it is not, the partition is paused. */
  get wantsRecords(): boolean {
    return this.#state === 'open' && this.#buffer.length < readAhead;
  }

  /**
   * Every record below is settled. Only records received count: offsets have gaps, left by compaction, transactions and
   * deleted records.
   */
  get committable(): bigint {
    return (this.#entries[0] ?? this.#buffer[0])?.offset ?? this.position;
  }

  /** @param next offset to read after these */
  feed(records: readonly LogRecord[], next: bigint): void {
    if (this.#state !== 'open') return;
    this.#buffer.push(...records);
    this.position = next;
    if (records.length > 0) this.#owner.filled();
    this.#owner.wake();
    if (records.length === 0) this.#owner.progressed();
  }

  /** Hands out the next record, if there is one and it is due. */
  handOut(onDelivery: OnDelivery): boolean {
    const record = this.#buffer[0];
    if (this.#state !== 'open' || record === undefined || this.#entries.length >= maxSpan) return false;
    if (this.#mustWait(record)) return false;
    this.#buffer.shift();
    const entry: Entry = { offset: record.offset, settled: false };
    this.#entries.push(entry);
    this.#outstanding++;
    this.#give(record, entry, false, onDelivery);
    return true;
  }

  /**
   * The partition goes to another member: nothing more is handed out, and what was handed out and waits is taken back
   * unless it stands before one that has begun, which would be repeated. Resolves when the rest has ended.
   */
  async revoke(): Promise<void> {
    if (this.#state === 'open') this.#state = 'revoked';
    this.#stop();
    while (this.#atWork.size > 0) await Promise.allSettled(this.#atWork);
  }

  /** The partition is gone: settling has no effect any more, and nothing may be committed. */
  end(): void {
    // What is at work stays unsettled for good: a commit under way must not take it for done.
    const settled = this.committable;
    this.#state = 'ended';
    this.#stop();
    this.position = settled;
    this.#owner.freed(this.#outstanding);
    this.#outstanding = 0;
    this.#entries = [];
    this.#owner.wake();
  }

  #stop(): void {
    // What was read and not handed out is not settled: whoever reads on begins there.
    this.position = this.#buffer[0]?.offset ?? this.position;
    this.#buffer = [];
    clearTimeout(this.#dueTimer);
  }

  #give(record: LogRecord, entry: Entry, redelivered: boolean, onDelivery: OnDelivery): void {
    const delivery = new LogDelivery(this.#originOf(record), record.message, redelivered, {
      isStale: () => this.#state === 'ended',
      isRevoked: () => this.#state !== 'open',
      begin: () => this.#begin(entry),
      ack: () => this.#settle(entry),
      giveBack: () =>
        setImmediate(() => {
          if (this.#state === 'open') this.#give(record, entry, true, onDelivery);
        }),
    });
    const work = onDelivery(delivery);
    if (work === undefined) return;
    const ended = work.finally(() => this.#atWork.delete(ended));
    this.#atWork.add(ended);
  }

  #begin({ offset }: Entry): boolean {
    if (this.#state !== 'open' && offset > this.#begun) return false;
    if (offset > this.#begun) this.#begun = offset;
    return true;
  }

  #settle(entry: Entry): void {
    if (this.#state === 'ended' || entry.settled) return;
    if (entry.offset > this.#begun) this.#begun = entry.offset;
    entry.settled = true;
    this.#outstanding--;
    this.#owner.freed(1);
    let done = 0;
    while (this.#entries[done]?.settled) done++;
    if (done > 0) this.#entries.splice(0, done);
    this.#owner.wake();
    if (done > 0) this.#owner.progressed();
  }

  /** A record of a retry topic waits until it is due, but no longer than its tier says, whatever the clocks say. */
  #mustWait(record: LogRecord): boolean {
    if (this.#maxDelayMs === undefined) return false;
    if (this.#waitedFor === record) return this.#dueTimer !== undefined;
    this.#waitedFor = record;
    const due = Date.parse(textHeader(record.message.headers, names.dueTime) ?? '');
    const waitMs = Math.min(due - Date.now(), this.#maxDelayMs);
    if (!(waitMs > 0)) return false;
    this.#dueTimer = setTimeout(() => {
      this.#dueTimer = undefined;
      this.#owner.wake();
    }, waitMs);
    return true;
  }

  #originOf({ offset, key }: LogRecord): TopicOrigin {
    const { topic, partition } = this;
    return { topic, partition, offset, ...(key === undefined ? {} : { key }) };
  }
}

interface Settling {
  isStale(): boolean;
  isRevoked(): boolean;
  begin(): boolean;
  ack(): void;
  giveBack(): void;
}

class LogDelivery implements Delivery {
  readonly origin: TopicOrigin;
  readonly message: WireMessage;
  readonly redelivered: boolean;
  readonly #settling: Settling;
  #settled = false;

  constructor(origin: TopicOrigin, message: WireMessage, redelivered: boolean, settling: Settling) {
    this.origin = origin;
    this.message = message;
    this.redelivered = redelivered;
    this.#settling = settling;
  }

  get stale(): boolean {
    return this.#settling.isStale();
  }

  get revoked(): boolean {
    return this.#settling.isRevoked();
  }

  begin(): boolean {
    return this.#settling.begin();
  }

  ack(): void {
    if (!this.#settled) this.#settling.ack();
    this.#settled = true;
  }

  reject(): void {
    if (!this.#settled) this.#settling.giveBack();
    this.#settled = true;
  }
}
