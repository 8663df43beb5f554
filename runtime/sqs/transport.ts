import type { AwsConfig } from '../aws/config.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError, MessagingError, TopologyError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/log.ts';
import type {
  Delivery,
  Destination,
  LogTopology,
  MoveOptions,
  MoveReport,
  SubscribeOptions,
  Subscription,
  Topology,
  TopologyNames,
  Transport,
  WireMessage,
} from '../core/types.ts';
import { declareQueues } from './declare.ts';
import { Fetcher } from './fetcher.ts';
import { moveDeadLetters } from './move.ts';
import { Publisher } from './publisher.ts';
import { Queues } from './queues.ts';
import { SqsSubscription } from './subscription.ts';

/** Queues of SQS, over HTTP: a connection is whatever answered last. */
export class SqsTransport implements Transport {
  readonly kind = 'aws_sqs';
  readonly #config: AwsConfig;
  readonly #closing = new AbortController();
  readonly #subscriptions = new Set<SqsSubscription>();
  readonly #fetchers = new Map<string, Fetcher>();
  #log: Logger | undefined;
  #sides: { queues: Queues; publisher: Publisher } | undefined;

  constructor(config: AwsConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    const answers = this.#sides?.queues.reach.answers === true;
    return answers && [...this.#subscriptions].every(({ healthy }) => healthy);
  }

  async start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void> {
    this.#log = log;
    const [foreign] = [...names.exchanges, ...(names.topics ?? [])];
    if (foreign !== undefined) throw new TopologyError(`SQS has no exchange or topic ${foreign}.`);
    const { queues } = this.#open();
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (let attempt = 1; ; attempt++) {
      try {
        // Without a queue to look for, any answer will do.
        if (names.queues.length === 0) await queues.whenAnswering(either);
        for (const name of names.queues) await queues.urlOf(name, either);
        return;
      } catch (error) {
        if (!(error instanceof MessagingError && error.retryable)) throw error;
        // Rights may still come; whoever waits for them has to know.
        if (attempt === 1) log.warn({ err: error }, 'SQS cannot be used yet; trying again.');
      }
      await pause(fullJitter(attempt, 100, 2_000), either);
    }
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    if (!('queue' in destination)) {
      const name = 'topic' in destination ? destination.topic : destination.exchange;
      throw new TopologyError(`SQS has no exchange or topic ${name}.`);
    }
    return this.#open().publisher.publish(destination, message, signal);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if ('topics' in options) throw new TopologyError('SQS has no topics to subscribe to.');
    const subscription = new SqsSubscription(this.#open().queues, options, this.#logger());
    this.#subscriptions.add(subscription);
    await subscription.whenJoined(this.#closing.signal);
    return subscription;
  }

  async fetch(queue: string): Promise<Delivery | undefined> {
    const { queues } = this.#open();
    const fetcher = this.#fetchers.get(queue) ?? new Fetcher(queues, queue);
    this.#fetchers.set(queue, fetcher);
    return fetcher.next(this.#closing.signal);
  }

  async moveDeadLetters(queue: string, options: MoveOptions): Promise<MoveReport | undefined> {
    return moveDeadLetters({ queues: this.#open().queues, log: this.#logger() }, queue, options);
  }

  async assertTopology(
    topology: Topology | LogTopology,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<void> {
    if ('topics' in topology) throw new TopologyError('SQS has queues only.');
    await declareQueues(this.#open().queues, topology.queues, signal);
  }

  async close(): Promise<void> {
    const open = [...this.#subscriptions, ...this.#fetchers.values()];
    await Promise.all(open.map((each) => each.close()));
    const reason = new ClosedError('The connection to SQS is closed.');
    this.#closing.abort(reason);
    this.#sides?.queues.close(reason);
  }

  #open() {
    this.#closing.signal.throwIfAborted();
    if (this.#sides === undefined) {
      const queues = new Queues(this.#config, this.#logger());
      this.#sides = { queues, publisher: new Publisher(queues, this.#closing.signal) };
    }
    return this.#sides;
  }

  #logger(): Logger {
    this.#log ??= createLogger('messaging');
    return this.#log;
  }
}
