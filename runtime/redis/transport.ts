import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError, ConnectionLostError, TopologyError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/log.ts';
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
import { Catalogue, missing } from './catalogue.ts';
import type { RedisConfig } from './config.ts';
import { Connection } from './connection.ts';
import { DeadLetterBrowser } from './deadLetters.ts';
import { declareStreams } from './declare.ts';
import { Publisher, type TopicAddress } from './publisher.ts';
import { keysOf } from './streams.ts';
import { RedisSubscription } from './subscription.ts';

/** One connection for everything that does not block, and one for the reads of each subscription. */
export class RedisTransport implements Transport {
  readonly kind = 'redis';
  readonly #config: RedisConfig;
  readonly #closing = new AbortController();
  readonly #subscriptions = new Set<RedisSubscription>();
  readonly #browsers = new Map<string, DeadLetterBrowser>();
  #log: Logger | undefined;
  #sides: { connection: Connection; catalogue: Catalogue; publisher: Publisher } | undefined;

  constructor(config: RedisConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return this.#sides?.connection.ready === true && [...this.#subscriptions].every(({ healthy }) => healthy);
  }

  async start(
    { exchanges, queues, topics = [] }: TopologyNames,
    log: Logger,
    signal: AbortSignal,
  ): Promise<void> {
    this.#log = log;
    const [foreign] = [...exchanges, ...queues];
    if (foreign !== undefined) throw new TopologyError(`Redis Streams has no exchange or queue ${foreign}.`);
    const { connection, catalogue } = this.#open();
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (let attempt = 1; ; attempt++) {
      await connection.whenReady(either);
      try {
        await catalogue.refresh();
        for (const name of topics) {
          const present = await catalogue.present(await catalogue.find(name));
          if (present.includes(false)) throw missing(name);
        }
        return;
      } catch (error) {
        if (!(error instanceof ConnectionLostError)) throw error;
      }
      await pause(fullJitter(attempt, 100, 2_000), either);
    }
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    return this.#open().publisher.publish(topicOf(destination), message, signal);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if ('queue' in options) throw new TopologyError(`Redis Streams has no queue ${options.queue}.`);
    const { connection, catalogue } = this.#open();
    const reading = new Connection(this.#config, 'read', this.#logger());
    const subscription = new RedisSubscription({ connection, reading }, catalogue, options, this.#logger());
    this.#subscriptions.add(subscription);
    await subscription.whenJoined(this.#closing.signal);
    return subscription;
  }

  async fetch(topic: string): Promise<Delivery | undefined> {
    const { connection, catalogue } = this.#open();
    await connection.whenReady(this.#closing.signal);
    const known = this.#browsers.get(topic);
    const browser = known ?? new DeadLetterBrowser(connection, topic, keysOf(await catalogue.find(topic)));
    this.#browsers.set(topic, browser);
    return browser.next();
  }

  async assertTopology(
    topology: Topology | LogTopology,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<void> {
    if (!('topics' in topology)) throw new TopologyError('Redis Streams has streams only.');
    const { connection, catalogue } = this.#open();
    await connection.whenReady(signal);
    await orAborted(declareStreams(catalogue, topology.topics), signal);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    // What was replayed or dropped is deleted before the connection goes; a failure leaves the dead letter where it is.
    await Promise.allSettled([...this.#browsers.values()].map((browser) => browser.settled()));
    this.#closing.abort(new ClosedError('The connection to Redis is closed.'));
    await this.#sides?.connection.close();
  }

  #open() {
    this.#closing.signal.throwIfAborted();
    if (this.#sides === undefined) {
      const connection = new Connection(this.#config, 'work', this.#logger());
      const catalogue = new Catalogue(connection);
      const publisher = new Publisher(connection, catalogue, () => {
        for (const subscription of this.#subscriptions) subscription.scheduled();
      });
      this.#sides = { connection, catalogue, publisher };
    }
    return this.#sides;
  }

  #logger(): Logger {
    this.#log ??= createLogger('messaging');
    return this.#log;
  }
}

function topicOf(to: Destination): TopicAddress {
  if ('topic' in to) return to;
  const name = 'queue' in to ? `queue ${to.queue}` : `exchange ${to.exchange}`;
  throw new TopologyError(`Redis Streams has no ${name}.`);
}
