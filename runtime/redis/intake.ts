import type { Delivery, TopicOrigin, WireMessage } from '../core/types.ts';
import { offsetOf, type StreamEntry } from './message.ts';

/** Where entries come from: one key, and which partition of which stream that is. */
export interface Source {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
}

interface Held {
  readonly source: Source;
  readonly entry: StreamEntry;
  redelivered: boolean;
  state: 'waiting' | 'handed out' | 'settled' | 'lost';
}

interface IntakeOptions {
  /** Most entries handed out and not settled. */
  readonly prefetch: number;
  readonly onDelivery: (delivery: Delivery) => void;
  readonly onSettled: (key: string, id: string) => void;
  /** There is room, or more of it than before. */
  readonly onRoom: () => void;
}

/** Most entries of one request. */
const maxRead = 100;

/** The entries that this member holds, from the moment they are read until Redis has their acknowledgement. */
export class Intake {
  readonly #options: IntakeOptions;
  /** By key, by id. */
  readonly #held = new Map<string, Map<string, Held>>();
  #waiting: Held[] = [];
  #outstanding = 0;
  #open = true;
  #handing = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** How many entries to ask for. */
  get wanted(): number {
    const free = this.#options.prefetch - this.#outstanding - this.#waiting.length;
    return this.#open ? Math.max(0, Math.min(free, maxRead)) : 0;
  }

  /** So little is free that a request pays better a moment later: what is held keeps the handlers busy. */
  get isNearlyFull(): boolean {
    return this.wanted < Math.min(maxRead, this.#options.prefetch / 4);
  }

  /** Ids that are held, in order; without those that are settled. */
  atWork(key: string): string[] {
    const ids: string[] = [];
    for (const [id, { state }] of this.#held.get(key) ?? []) if (state !== 'settled') ids.push(id);
    return ids;
  }

  has(key: string, id: string): boolean {
    return this.#held.get(key)?.has(id) ?? false;
  }

  feed(source: Source, entry: StreamEntry, redelivered: boolean): void {
    if (this.has(source.key, entry.id)) return;
    const held: Held = { source, entry, redelivered, state: 'waiting' };
    const ofKey = this.#held.get(source.key) ?? new Map<string, Held>();
    this.#held.set(source.key, ofKey.set(entry.id, held));
    this.#waiting.push(held);
    this.#handOut();
  }

  /** Redis has the acknowledgement. */
  forget(key: string, ids: readonly string[]): void {
    const ofKey = this.#held.get(key);
    for (const id of ids) ofKey?.delete(id);
  }

  /** Another member has them now. */
  lose(key: string, ids: readonly string[]): void {
    for (const id of ids) {
      const held = this.#held.get(key)?.get(id);
      if (held === undefined || held.state === 'settled') continue;
      if (held.state === 'handed out') this.#outstanding--;
      held.state = 'lost';
      this.#held.get(key)?.delete(id);
    }
    this.#handOut();
  }

  loseAll(): void {
    for (const key of this.#held.keys()) this.lose(key, this.atWork(key));
  }

  /** Nothing more is handed out. */
  stop(): void {
    this.#open = false;
  }

  #handOut(): void {
    // What is settled at once, while it is handed out, makes room in this loop and not in another one inside.
    if (this.#handing) return;
    this.#handing = true;
    let next = 0;
    while (this.#open && this.#outstanding < this.#options.prefetch) {
      const held = this.#waiting[next++];
      if (held === undefined) break;
      if (held.state !== 'waiting') continue;
      held.state = 'handed out';
      this.#outstanding++;
      this.#give(held);
    }
    if (next > 0) this.#waiting = this.#waiting.filter(({ state }) => state === 'waiting');
    this.#handing = false;
    if (this.wanted > 0) this.#options.onRoom();
  }

  #give(held: Held): void {
    this.#options.onDelivery(new RedisDelivery(held, this.#settling));
  }

  readonly #settling: Settling = {
    ack: (held) => {
      if (held.state !== 'handed out') return;
      held.state = 'settled';
      this.#outstanding--;
      this.#options.onSettled(held.source.key, held.entry.id);
      this.#handOut();
    },
    giveBack: (held) =>
      setImmediate(() => {
        if (held.state !== 'handed out' || !this.#open) return;
        held.redelivered = true;
        this.#give(held);
      }),
  };
}

/** What can be done with an entry that was handed out. */
interface Settling {
  ack(held: Held): void;
  giveBack(held: Held): void;
}

class RedisDelivery implements Delivery {
  readonly message: WireMessage;
  readonly origin: TopicOrigin;
  readonly redelivered: boolean;
  readonly #held: Held;
  readonly #settling: Settling;
  #settled = false;

  constructor(held: Held, settling: Settling) {
    const { id, message, key } = held.entry;
    const { topic, partition } = held.source;
    this.message = message;
    this.origin = {
      topic,
      partition,
      // A number of 128 bits, which most deliveries end without.
      get offset() {
        return offsetOf(id);
      },
      ...(key === undefined ? {} : { key }),
    };
    this.redelivered = held.redelivered;
    this.#held = held;
    this.#settling = settling;
  }

  get stale(): boolean {
    return this.#held.state === 'lost';
  }

  ack(): void {
    if (!this.#settled) this.#settling.ack(this.#held);
    this.#settled = true;
  }

  reject(): void {
    if (!this.#settled) this.#settling.giveBack(this.#held);
    this.#settled = true;
  }
}
