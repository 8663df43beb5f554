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
import { KinesisApi } from './api.ts';
import { defaultLeaseMs, defaultPollMs, type KinesisConfig } from './config.ts';
import { browserOf } from './deadLetters.ts';
import { declareStreams } from './declare.ts';
import { Publisher, type RecordAddress } from './publisher.ts';
import { KinesisSubscription } from './subscription.ts';

/** One client for sending and reading; what its consumers have read is kept in the store of the leases. */
export class KinesisTransport implements Transport {
  readonly kind = 'kinesis';
  readonly #config: KinesisConfig;
  readonly #closing = new AbortController();
  readonly #subscriptions = new Set<KinesisSubscription>();
  readonly #browsers = new Map<string, DeadLetterBrowser>();
  #log: Logger | undefined;
  #sides: { readonly api: KinesisApi; readonly publisher: Publisher } | undefined;
  #opened: Promise<void> | undefined;

  constructor(config: KinesisConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return (
      this.#sides?.api.answers === true &&
      (this.#opened === undefined || this.#config.leases?.connected === true) &&
      [...this.#subscriptions].every(({ healthy }) => healthy)
    );
  }

  async start(
    { exchanges, queues, topics = [] }: TopologyNames,
    log: Logger,
    signal: AbortSignal,
  ): Promise<void> {
    this.#log = log;
    const [foreign] = [...exchanges, ...queues];
    if (foreign !== undefined) throw new TopologyError(`Kinesis has no exchange or queue ${foreign}.`);
    const missing: string[] = [];
    for (const topic of topics) if (!(await this.#exists(topic, signal))) missing.push(topic);
    if (missing.length > 0) throw new TopologyError(`The streams ${missing.join(', ')} do not exist.`);
    // Without a stream to look for, it is enough that somebody answers.
    if (topics.length === 0) await this.#exists('none', signal);
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    return this.#open().publisher.publish(addressOf(destination), message, signal);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if ('queue' in options) throw new TopologyError(`Kinesis has no queue ${options.queue}.`);
    const { leases, leaseMs = defaultLeaseMs, pollMs = defaultPollMs } = this.#config;
    if (leases === undefined)
      throw new ConfigurationError(
        'A consumer of Kinesis needs a store for its leases: redisLeases or postgresLeases.',
      );
    const { api } = this.#open();
    const log = this.#logger();
    this.#opened ??= leases.open(this.#closing.signal, log);
    await this.#opened;
    const subscription = new KinesisSubscription(options, { api, leases, leaseMs, pollMs, log });
    this.#subscriptions.add(subscription);
    await subscription.whenJoined(this.#closing.signal);
    return subscription;
  }

  async fetch(topic: string): Promise<Delivery | undefined> {
    const { api, publisher } = this.#open();
    const { pollMs = defaultPollMs } = this.#config;
    const browser =
      this.#browsers.get(topic) ?? browserOf(api, publisher, topic, pollMs, this.#closing.signal);
    this.#browsers.set(topic, browser);
    return browser.next();
  }

  async assertTopology(
    topology: Topology | LogTopology,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<void> {
    if (!('topics' in topology)) throw new TopologyError('Kinesis has streams only.');
    await declareStreams(this.#open().api, topology.topics, signal);
  }

  async close(): Promise<void> {
    const reason = new ClosedError('The connection to Kinesis is closed.');
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    // What was replayed or dropped is marked before the connection goes; a failure leaves the dead letter in its stream.
    await Promise.allSettled([...this.#browsers.values()].map((browser) => browser.settled()));
    this.#closing.abort(reason);
    this.#sides?.publisher.close();
    this.#sides?.api.close(reason);
    await this.#config.leases?.close();
  }

  #open(): { readonly api: KinesisApi; readonly publisher: Publisher } {
    this.#closing.signal.throwIfAborted();
    if (this.#sides === undefined) {
      const api = new KinesisApi(this.#config, this.#logger());
      this.#sides = { api, publisher: new Publisher(api, this.#logger()) };
    }
    return this.#sides;
  }

  /** Waits for a Kinesis that is not there yet. */
  async #exists(topic: string, signal: AbortSignal): Promise<boolean> {
    const { api } = this.#open();
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (let attempt = 1; ; attempt++) {
      either.throwIfAborted();
      try {
        await api.stream(topic, either);
        return true;
      } catch (error) {
        if (error instanceof TopologyError) return false;
        if (error instanceof ConfigurationError) throw error;
        either.throwIfAborted();
        this.#logger().warn({ attempt, err: error }, 'Kinesis is not reachable; trying again.');
      }
      await pause(50 + fullJitter(attempt, 200, 5_000), either);
    }
  }

  #logger(): Logger {
    this.#log ??= createLogger('messaging');
    return this.#log;
  }
}

function addressOf(to: Destination): RecordAddress {
  if ('topic' in to) return to;
  throw new TopologyError(
    `Kinesis has no ${'queue' in to ? `queue ${to.queue}` : `exchange ${to.exchange}`}.`,
  );
}
