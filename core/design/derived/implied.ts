import {
  addressOf,
  type Channel,
  type Consumer,
  type Design,
  type ElementAddress,
  type ElementOf,
  type Queue,
} from '../design.ts';

/** The shorthand that a derived element comes from; findings on the element point there. */
export interface Origin {
  readonly address: ElementAddress;
  readonly field: 'deadLetter' | 'retry';
  /** Set where the element is there for replays: `deadLetter` of a consumer of a log asks for more than its target. */
  readonly role?: 'replay';
}

/** A queue or stream of the design, with its id. */
export type Source = Extract<Channel, { readonly section: 'queues' | 'streams' }>;

/** How the shorthand of one broker is written out. What a broker does without channels of its own has no method. */
export interface Expander {
  /** `deadLetter` and `retry` of a queue. */
  queue?(id: string, queue: Queue, implied: Implied): void;
  /** `deadLetter` and `retry` of a consumer of a queue or stream. */
  consumer?(id: string, consumer: Consumer, source: Source, implied: Implied): void;
}

type Stream = ElementOf<'streams'>;

/** Gathers what shorthand implies. An id that the author has drawn, in whichever section, is left to the author. */
export class Implied {
  readonly design: Design;
  readonly queues: Map<string, Queue>;
  readonly streams: Map<string, Stream>;
  readonly origins = new Map<ElementAddress, Origin>();

  readonly #ordered = new Set<string>();
  /** Channels with a consumer that does not rely on an order. */
  readonly #unordered = new Set<string>();
  readonly #consumed = new Set<string>();

  constructor(design: Design) {
    this.design = design;
    for (const { to = [], ordering = 'none' } of design.flows.values()) {
      if (ordering !== 'none') for (const consumer of to) this.#ordered.add(consumer);
    }
    for (const [id, { channel }] of design.consumers) {
      if (channel === undefined) continue;
      this.#consumed.add(channel);
      if (!this.#ordered.has(id)) this.#unordered.add(channel);
    }
    this.queues = new Map(design.queues);
    this.streams = new Map(design.streams);
  }

  /** Whether a flow that ends at the consumer relies on an order. */
  isOrdered(consumer: string): boolean {
    return this.#ordered.has(consumer);
  }

  /** Whether all consumers of a channel rely on an order: what fails there is repeated in place. */
  isOrderedChannel(channel: string): boolean {
    return this.#consumed.has(channel) && !this.#unordered.has(channel);
  }

  queue(id: string, queue: Queue, origin: Origin): void {
    if (this.#isTaken(id)) return;
    this.queues.set(id, queue);
    this.origins.set(addressOf('queues', id), origin);
  }

  stream(id: string, stream: Stream, origin: Origin): void {
    if (this.#isTaken(id)) return;
    this.streams.set(id, stream);
    this.origins.set(addressOf('streams', id), origin);
  }

  #isTaken(id: string): boolean {
    const { exchanges, topics } = this.design;
    return this.queues.has(id) || this.streams.has(id) || exchanges.has(id) || topics.has(id);
  }
}
