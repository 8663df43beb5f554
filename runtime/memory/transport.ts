import { ConnectionLostError, TopologyError } from '../core/errors.ts';
import { DeadLetterBrowser } from '../core/partitions/deadLetterTopic.ts';
import type {
  Backlog,
  Delivery,
  Destination,
  LogTopology,
  QueueOrigin,
  StreamOptions,
  SubscribeOptions,
  Subscription,
  Topology,
  TopologyNames,
  Transport,
  WireMessage,
} from '../core/types.ts';
import type { Broker } from './broker.ts';
import { MemoryMembership } from './membership.ts';
import type { MemoryQueue, QueueConsumer, StoredMessage } from './queue.ts';
import { StreamReader } from './streamReader.ts';

/** One service's connection to a broker in this process. */
export class MemoryTransport implements Transport {
  readonly kind = 'memory';
  readonly #broker: Broker;
  readonly #subscriptions = new Set<MemorySubscription | MemoryMembership | StreamReader>();
  readonly #fetched = new Map<MemoryQueue, QueueConsumer>();
  readonly #browsers = new Map<string, DeadLetterBrowser>();
  #open = true;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  get connected(): boolean {
    return this.#open;
  }

  async start({ exchanges, queues, topics = [] }: TopologyNames): Promise<void> {
    const absent = exchanges.find((name) => !this.#broker.hasExchange(name));
    if (absent !== undefined) throw new TopologyError(`The exchange ${absent} does not exist.`);
    for (const name of queues) this.#broker.queue(name);
    for (const name of topics) this.#broker.topic(name);
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#open) throw new ConnectionLostError('The transport is closed.');
    this.#broker.publish(destination, message);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const subscription =
      'topics' in options
        ? new MemoryMembership(this.#broker, options)
        : new MemorySubscription(this.#broker.queue(options.queue), options);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async subscribeStream(options: StreamOptions): Promise<Subscription> {
    const reader = new StreamReader(this.#broker.stream(options.stream), options);
    this.#subscriptions.add(reader);
    await reader.start();
    return reader;
  }

  async fetch(name: string): Promise<Delivery | undefined> {
    if (this.#broker.hasTopic(name)) return this.#browser(name).next();
    const queue = this.#broker.queue(name);
    const consumer = this.#fetched.get(queue) ?? { prefetch: 1, held: new Set(), deliver: () => {} };
    this.#fetched.set(queue, consumer);
    const stored = queue.fetch(consumer);
    return stored === undefined ? undefined : new MemoryDelivery(queue, consumer, stored);
  }

  #browser(name: string): DeadLetterBrowser {
    const known = this.#browsers.get(name);
    if (known !== undefined) return known;
    const topic = this.#broker.topic(name);
    const browser = new DeadLetterBrowser(name, {
      read: async () => Array.from({ length: topic.partitions }, (_, partition) => topic.read(partition)),
      mark: async (partition, marker, key) => topic.appendTo(partition, marker, key),
    });
    this.#browsers.set(name, browser);
    return browser;
  }

  async assertTopology(topology: Topology | LogTopology): Promise<void> {
    this.#broker.declare(topology);
  }

  /** Breaks the connection and makes a new one at once: what was in hand goes back and is delivered again. */
  cutConnection(): void {
    for (const subscription of this.#subscriptions) subscription.reconnect();
  }

  async close(): Promise<void> {
    this.#open = false;
    for (const subscription of this.#subscriptions) await subscription.close();
    for (const [queue, consumer] of this.#fetched) giveBack(queue, consumer);
  }
}

class MemorySubscription implements Subscription {
  readonly #queue: MemoryQueue;
  readonly #options: SubscribeOptions;
  #consumer: QueueConsumer;
  #open = true;

  constructor(queue: MemoryQueue, options: SubscribeOptions) {
    this.#queue = queue;
    this.#options = options;
    this.#consumer = this.#attach();
  }

  reconnect(): void {
    if (!this.#open) return;
    this.#giveBack();
    this.#consumer = this.#attach();
  }

  async backlog(): Promise<Backlog> {
    return { messages: this.#queue.messages.length };
  }

  async cancel(): Promise<void> {
    this.#open = false;
    this.#queue.detach(this.#consumer);
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#giveBack();
  }

  #attach(): QueueConsumer {
    const consumer: QueueConsumer = {
      prefetch: this.#options.prefetch,
      held: new Set(),
      deliver: (stored) => this.#options.onDelivery(new MemoryDelivery(this.#queue, consumer, stored)),
    };
    this.#queue.attach(consumer);
    return consumer;
  }

  #giveBack(): void {
    this.#queue.detach(this.#consumer);
    giveBack(this.#queue, this.#consumer);
  }
}

function giveBack(queue: MemoryQueue, consumer: QueueConsumer): void {
  for (const stored of consumer.held) queue.settle(consumer, stored, 'requeue');
}

class MemoryDelivery implements Delivery {
  readonly message: WireMessage;
  readonly origin: QueueOrigin;
  readonly redelivered: boolean;
  readonly #queue: MemoryQueue;
  readonly #consumer: QueueConsumer;
  readonly #stored: StoredMessage;

  constructor(queue: MemoryQueue, consumer: QueueConsumer, stored: StoredMessage) {
    this.message = stored.message;
    const { exchange, routingKey } = stored;
    this.origin = { queue: queue.declaration.name, exchange, routingKey };
    this.redelivered = stored.deliveries > 1;
    this.#queue = queue;
    this.#consumer = consumer;
    this.#stored = stored;
  }

  get stale(): boolean {
    return !this.#consumer.held.has(this.#stored);
  }

  ack(): void {
    this.#queue.settle(this.#consumer, this.#stored, 'ack');
  }

  reject(requeue: boolean): void {
    this.#queue.settle(this.#consumer, this.#stored, requeue ? 'requeue' : 'reject');
  }
}
