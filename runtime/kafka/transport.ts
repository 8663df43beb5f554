import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError, ConfigurationError, TopologyError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/log.ts';
import type { DeadLetterBrowser } from '../core/partitions/deadLetterTopic.ts';
import type {
  Delivery,
  Destination,
  LogTopology,
  SubscribeOptions,
  Subscription,
  Topology,
  TopologyNames,
  Transport,
  WireMessage,
} from '../core/types.ts';
import { Cluster } from './cluster.ts';
import { connectionSettings, type KafkaConfig } from './config.ts';
import { browserOf } from './deadLetters.ts';
import { Publisher } from './publisher.ts';
import { KafkaSubscription } from './subscription.ts';
import { declareTopics } from './topics.ts';

/** Milliseconds between looks at the cluster: where the leaders are, and whether it answers at all. */
const lookMs = 3_000;
const lookAgainMs = 500;

/** One connection to each broker for each purpose; see `Lane`. */
export class KafkaTransport implements Transport {
  readonly kind = 'kafka';
  readonly #config: KafkaConfig;
  readonly #closing = new AbortController();
  readonly #subscriptions = new Set<KafkaSubscription>();
  readonly #browsers = new Map<string, DeadLetterBrowser>();
  #log: Logger | undefined;
  #sides: { readonly cluster: Cluster; readonly publisher: Publisher } | undefined;
  #looking: Promise<void> | undefined;
  #answers = false;

  constructor(config: KafkaConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return this.#answers && [...this.#subscriptions].every(({ healthy }) => healthy);
  }

  async start(
    { exchanges, queues, topics = [] }: TopologyNames,
    log: Logger,
    signal: AbortSignal,
  ): Promise<void> {
    this.#log = log;
    const [foreign] = [...exchanges, ...queues];
    if (foreign !== undefined) throw new TopologyError(`Kafka has no exchange or queue ${foreign}.`);
    const { cluster } = this.#open();
    await this.#untilItAnswers(cluster, topics, signal);
    const unknown = () => topics.filter((name) => cluster.topic(name) === undefined);
    while (unknown().length > 0 && !unknown().every((name) => cluster.isMissing(name))) {
      await pause(100, signal);
      await this.#untilItAnswers(cluster, topics, signal);
    }
    const missing = unknown();
    if (missing.length > 0) throw new TopologyError(`The topics ${missing.join(', ')} do not exist.`);
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    return this.#open().publisher.publish(topicOf(destination), message, signal);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if ('queue' in options) throw new TopologyError(`Kafka has no queue ${options.queue}.`);
    const { cluster } = this.#open();
    await cluster.refresh([...cluster.topicNames, ...options.topics.map(({ topic }) => topic)]);
    const subscription = new KafkaSubscription(cluster, options, this.#logger());
    this.#subscriptions.add(subscription);
    await subscription.whenJoined(this.#closing.signal);
    return subscription;
  }

  async fetch(topic: string): Promise<Delivery | undefined> {
    const { cluster, publisher } = this.#open();
    const browser = this.#browsers.get(topic) ?? browserOf(cluster, publisher, topic);
    this.#browsers.set(topic, browser);
    return browser.next();
  }

  async assertTopology(
    topology: Topology | LogTopology,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<void> {
    if (!('topics' in topology)) throw new TopologyError('Kafka has topics only.');
    await declareTopics(this.#open().cluster, topology.topics, signal);
  }

  async close(): Promise<void> {
    const reason = new ClosedError('The connection to Kafka is closed.');
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    // What was replayed or dropped is marked before the connection goes; a failure leaves the dead letter in its topic.
    await Promise.allSettled([...this.#browsers.values()].map((browser) => browser.settled()));
    this.#closing.abort(reason);
    await this.#sides?.publisher.close();
    await this.#sides?.cluster.close();
    await this.#looking;
    this.#answers = false;
  }

  #open(): { readonly cluster: Cluster; readonly publisher: Publisher } {
    if (this.#closing.signal.aborted) throw this.#closing.signal.reason;
    if (this.#sides === undefined) {
      const cluster = new Cluster(connectionSettings(this.#config), this.#logger());
      this.#sides = { cluster, publisher: new Publisher(cluster, this.#logger()) };
      this.#looking = this.#look(cluster);
    }
    return this.#sides;
  }

  async #untilItAnswers(cluster: Cluster, topics: readonly string[], signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (let attempt = 1; ; attempt++) {
      either.throwIfAborted();
      try {
        await cluster.refresh([...cluster.topicNames, ...topics]);
        await cluster.assertVersion();
        this.#answers = true;
        return;
      } catch (error) {
        if (error instanceof ConfigurationError) throw error;
        this.#logger().warn({ attempt, err: error }, 'Kafka is not reachable; trying again.');
      }
      await pause(50 + fullJitter(attempt, 200, 5_000), either);
    }
  }

  async #look(cluster: Cluster): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await pause(this.#answers ? lookMs : lookAgainMs, signal);
      if (signal.aborted) return;
      this.#answers = await cluster.refresh().then(
        () => true,
        () => false,
      );
    }
  }

  #logger(): Logger {
    this.#log ??= createLogger('messaging');
    return this.#log;
  }
}

function topicOf(to: Destination): { readonly topic: string; readonly key?: string | Uint8Array } {
  if ('topic' in to) return to;
  throw new TopologyError(`Kafka has no ${'queue' in to ? `queue ${to.queue}` : `exchange ${to.exchange}`}.`);
}
