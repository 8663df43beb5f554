import type { AwsConfig } from '../aws/config.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError, MessagingError, TopologyError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/log.ts';
import type {
  Delivery,
  Destination,
  Subscription,
  TopologyNames,
  Transport,
  WireMessage,
} from '../core/types.ts';
import { Publisher } from './publisher.ts';
import { Topics } from './topics.ts';

/** Topics of SNS. They keep nothing: who consumes reads the queues that subscribe. */
export class SnsTransport implements Transport {
  readonly kind = 'aws.sns';
  readonly #config: AwsConfig;
  readonly #closing = new AbortController();
  #log: Logger | undefined;
  #sides: { topics: Topics; publisher: Publisher } | undefined;

  constructor(config: AwsConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return this.#sides?.topics.reach.answers === true;
  }

  async start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void> {
    this.#log = log;
    const [foreign] = [...names.queues, ...(names.topics ?? [])];
    if (foreign !== undefined) throw notHere(foreign);
    const { topics } = this.#open();
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (let attempt = 1; ; attempt++) {
      try {
        // Without a topic to look for, any will do: what counts is the answer.
        if (names.exchanges.length === 0) await topics.find('', either);
        for (const name of names.exchanges) await topics.arnOf(name, either);
        return;
      } catch (error) {
        if (!(error instanceof MessagingError && error.retryable)) throw error;
        // Rights may still come; whoever waits for them has to know.
        if (attempt === 1) log.warn({ err: error }, 'SNS cannot be used yet; trying again.');
      }
      await pause(fullJitter(attempt, 100, 2_000), either);
    }
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    if ('exchange' in destination) return this.#open().publisher.publish(destination, message, signal);
    throw notHere('queue' in destination ? destination.queue : destination.topic);
  }

  async subscribe(): Promise<Subscription> {
    throw new TopologyError('SNS keeps no messages: subscribe a queue of SQS, and read that.');
  }

  async fetch(name: string): Promise<Delivery | undefined> {
    throw notHere(name);
  }

  async assertTopology(): Promise<void> {
    throw new TopologyError('Topics of SNS are made by `snsAdmin`.');
  }

  async close(): Promise<void> {
    const reason = new ClosedError('The connection to SNS is closed.');
    this.#closing.abort(reason);
    this.#sides?.topics.close(reason);
  }

  #open() {
    this.#closing.signal.throwIfAborted();
    if (this.#sides === undefined) {
      this.#log ??= createLogger('messaging');
      const topics = new Topics(this.#config, this.#log);
      this.#sides = { topics, publisher: new Publisher(topics, this.#closing.signal) };
    }
    return this.#sides;
  }
}

const notHere = (name: string): TopologyError => new TopologyError(`SNS has no queue ${name}, only topics.`);
