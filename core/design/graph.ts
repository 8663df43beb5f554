import type { BrokerKind } from '../kinds/brokers.ts';
import { channelSections } from '../kinds/registry.ts';
import type { IdempotencyShape } from '../kinds/shared.ts';
import { BindingIndex } from './bindingIndex.ts';
import { type Derived, derive, type Origin } from './derived.ts';
import {
  addressOf,
  type Binding,
  type Broker,
  type Channel,
  type Consumer,
  type Design,
  type ElementAddress,
  type Flow,
  type Producer,
  type Subscription,
} from './design.ts';
import { type DeadLetter, deadLetterOf, type EffectiveRetry, idempotencyOf, retryOf } from './policies.ts';

export interface Named<T> {
  readonly id: string;
  readonly value: T;
}

/** What a producer sends: one message type with the routing key and headers that exchanges see. */
export interface Emission {
  readonly message: string;
  readonly routingKey: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The same for emissions that go the same way from a channel. Neither ids nor JSON hold line breaks. */
export const wayOf = (channel: string, { routingKey, headers }: Emission): string =>
  headers === NO_HEADERS
    ? `${channel}\n${routingKey}\n{}`
    : `${channel}\n${routingKey}\n${JSON.stringify(headers)}`;

const NO_HEADERS: Emission['headers'] = {};

const EMPTY: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();

/** What arrives at a queue or stream, and from whom. */
interface Arrivals {
  readonly messages: Set<string>;
  readonly producers: Named<Producer>[];
}

/**
 * Every question about who is connected to whom, answered from indexes that are built once for each design.
 * Works on the derived design, so implied queues are there like drawn ones.
 */
export class Graph {
  readonly design: Design;
  /** The design as it stands in the file. */
  readonly drawn: Design;
  readonly origins: ReadonlyMap<ElementAddress, Origin>;
  readonly #channels = new Map<string, Channel>();
  readonly #producers = new Map<string, Named<Producer>[]>();
  readonly #consumers = new Map<string, Named<Consumer>[]>();
  readonly #bindingsFrom = new Map<string, Named<Binding>[]>();
  readonly #bindingIndexes = new Map<string, BindingIndex<Named<Binding>>>();
  readonly #bindingsTo = new Map<string, Named<Binding>[]>();
  readonly #subscriptionsFrom = new Map<string, Named<Subscription>[]>();
  readonly #flows = new Map<ElementAddress, Named<Flow>[]>();
  readonly #emissions = new Map<Producer, readonly Emission[]>();
  readonly #reach = new Map<string, ReadonlySet<string>>();
  #arrivals: ReadonlyMap<string, Arrivals> | undefined;

  constructor(derived: Derived) {
    const { design } = derived;
    this.design = design;
    this.drawn = derived.drawn;
    this.origins = derived.origins;
    for (const section of channelSections) {
      for (const [id, value] of design[section]) this.#channels.set(id, { id, section, value } as Channel);
    }
    for (const [id, value] of design.producers) push(this.#producers, value.channel, { id, value });
    for (const [id, value] of design.consumers) push(this.#consumers, value.channel, { id, value });
    for (const [id, value] of design.bindings) {
      push(this.#bindingsFrom, value.source, { id, value });
      push(this.#bindingsTo, value.destination, { id, value });
    }
    for (const [id, value] of design.subscriptions) push(this.#subscriptionsFrom, value.topic, { id, value });
    for (const [id, value] of design.flows) {
      for (const producer of value.from ?? EMPTY)
        push(this.#flows, addressOf('producers', producer), { id, value });
      for (const consumer of value.to ?? EMPTY)
        push(this.#flows, addressOf('consumers', consumer), { id, value });
    }
  }

  static of(design: Design): Graph {
    return new Graph(derive(design));
  }

  channel(id: string | undefined): Channel | undefined {
    return id === undefined ? undefined : this.#channels.get(id);
  }

  channels(): Iterable<Channel> {
    return this.#channels.values();
  }

  /** The broker that holds a channel. */
  brokerOf(channel: Channel): Broker | undefined {
    return this.design.brokers.get(channel.value.broker);
  }

  brokerKindOf(channel: Channel): BrokerKind | undefined {
    return this.brokerOf(channel)?.kind;
  }

  producersOf(channel: string): readonly Named<Producer>[] {
    return this.#producers.get(channel) ?? EMPTY;
  }

  consumersOf(channel: string): readonly Named<Consumer>[] {
    return this.#consumers.get(channel) ?? EMPTY;
  }

  bindingsFrom(exchange: string): readonly Named<Binding>[] {
    return this.#bindingsFrom.get(exchange) ?? EMPTY;
  }

  /** Bindings along which an exchange copies a message. */
  bindingsMatching(
    exchange: string,
    { routingKey, headers }: Pick<Emission, 'routingKey' | 'headers'>,
  ): readonly Named<Binding>[] {
    const known = this.#bindingIndexes.get(exchange);
    if (known) return known.matching(routingKey, headers);
    const type = this.design.exchanges.get(exchange)?.type ?? 'topic';
    const index = new BindingIndex(type, this.bindingsFrom(exchange));
    this.#bindingIndexes.set(exchange, index);
    return index.matching(routingKey, headers);
  }

  bindingsTo(channel: string): readonly Named<Binding>[] {
    return this.#bindingsTo.get(channel) ?? EMPTY;
  }

  subscriptionsFrom(topic: string): readonly Named<Subscription>[] {
    return this.#subscriptionsFrom.get(topic) ?? EMPTY;
  }

  /** Flows that begin at a producer or end at a consumer. */
  flowsOf(address: ElementAddress): readonly Named<Flow>[] {
    return this.#flows.get(address) ?? EMPTY;
  }

  /** Service of a producer or consumer; without one it is a service of its own. */
  serviceOf(endpoint: Named<Producer | Consumer>): string {
    return endpoint.value.service ?? endpoint.id;
  }

  /** What a producer sends, one entry for each message type. */
  emissionsOf({ value }: Named<Producer>): readonly Emission[] {
    const known = this.#emissions.get(value);
    if (known) return known;
    const { messages = EMPTY, routingKeys = EMPTY, headers = NO_HEADERS } = value;
    const emissions = messages.map((message, index) => ({
      message,
      routingKey: (routingKeys[index] ?? message).replaceAll('{event}', message),
      headers,
    }));
    this.#emissions.set(value, emissions);
    return emissions;
  }

  /**
   * Ids of the queues and streams that receive an emission which enters at a channel; exchanges and topics are followed.
   * A subscription with a filter policy counts as a receiver, since what it lets through depends on each message.
   */
  receivers(channel: string, emission: Emission): ReadonlySet<string> {
    const key = wayOf(channel, emission);
    const known = this.#reach.get(key);
    if (known) return known;
    const received = new Set<string>();
    this.#follow(channel, emission, received, new Set());
    this.#reach.set(key, received);
    return received;
  }

  /** Returns whether at least one queue took the message; if none did, the alternate exchange is tried. */
  #follow(id: string, emission: Emission, received: Set<string>, visited: Set<string>): boolean {
    const channel = this.#channels.get(id);
    if (!channel || visited.has(id)) return false;
    if (channel.section === 'queues' || channel.section === 'streams') {
      received.add(id);
      return true;
    }
    visited.add(id);
    let taken = false;
    if (channel.section === 'topics') {
      // A function that is subscribed directly, or a Redis Pub/Sub client, reads the topic itself.
      if (this.consumersOf(id).length > 0) received.add(id);
      for (const { value } of this.subscriptionsFrom(id))
        taken = this.#follow(value.endpoint, emission, received, visited) || taken;
      return taken || received.has(id);
    }
    for (const { value } of this.bindingsMatching(id, emission)) {
      taken = this.#follow(value.destination, emission, received, visited) || taken;
    }
    if (!taken && channel.value.alternateExchange) {
      taken = this.#follow(channel.value.alternateExchange, emission, received, visited);
    }
    return taken;
  }

  /** Message types that can arrive at a queue or stream. */
  messagesArrivingAt(channel: string): ReadonlySet<string> {
    return this.#arrivalsAt(channel)?.messages ?? NOTHING;
  }

  /** Producers whose messages can arrive at a queue or stream. */
  sendersTo(channel: string): readonly Named<Producer>[] {
    return this.#arrivalsAt(channel)?.producers ?? EMPTY;
  }

  #arrivalsAt(channel: string): Arrivals | undefined {
    this.#arrivals ??= this.#computeArrivals();
    return this.#arrivals.get(channel);
  }

  #computeArrivals(): ReadonlyMap<string, Arrivals> {
    const arrivals = new Map<string, Arrivals>();
    for (const [id, value] of this.design.producers) {
      if (!value.channel) continue;
      const producer = { id, value };
      const { routingKeys = EMPTY, headers = NO_HEADERS } = value;
      const emissions = this.emissionsOf(producer);
      // A producer that names no message type sends something all the same.
      const sent =
        emissions.length > 0
          ? emissions
          : [{ message: undefined, routingKey: routingKeys[0] ?? '', headers }];
      for (const { message, ...rest } of sent) {
        for (const channel of this.receivers(value.channel, { message: message ?? '', ...rest })) {
          const at = arrivals.get(channel) ?? { messages: new Set(), producers: [] };
          if (message !== undefined) at.messages.add(message);
          // Producers come one after the other, each with all that it sends.
          if (at.producers.at(-1) !== producer) at.producers.push(producer);
          arrivals.set(channel, at);
        }
      }
    }
    return arrivals;
  }

  /** Message types that a consumer handles: what it names, or else everything that can arrive. */
  messagesOf(consumer: Named<Consumer>): readonly string[] {
    return consumer.value.messages ?? [...this.messagesArrivingAt(consumer.value.channel ?? '')];
  }

  /** Retry policy of a consumer: its own, or that of its queue; `undefined` when neither says. */
  retryOf(consumer: Named<Consumer>): EffectiveRetry | undefined {
    const channel = this.channel(consumer.value.channel);
    const inherited = channel?.section === 'queues' ? channel.value.retry : undefined;
    return retryOf(this.design, consumer.value.retry ?? inherited);
  }

  /** Dead-letter destination of a consumer: its own, or that of its queue; `undefined` when there is none. */
  deadLetterOf(consumer: Named<Consumer>): DeadLetter | undefined {
    if (consumer.value.deadLetter !== undefined) return deadLetterOf(consumer.id, consumer.value.deadLetter);
    const channel = this.channel(consumer.value.channel);
    return channel?.section === 'queues' ? deadLetterOf(channel.id, channel.value.deadLetter) : undefined;
  }

  /** Idempotency policy of a consumer with references resolved; `undefined` when it says nothing. */
  idempotencyOf(consumer: Named<Consumer>): IdempotencyShape | undefined {
    return idempotencyOf(this.design, consumer.value.idempotency);
  }
}

function push<K, V>(index: Map<K, V[]>, key: K | undefined, value: V): void {
  if (key === undefined) return;
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
