import { orAborted } from '../core/abort.ts';
import { ClosedError, TopologyError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/log.ts';
import type {
  Delivery,
  Destination,
  LogTopology,
  StreamOptions,
  SubscribeOptions,
  Subscription,
  Topology,
  TopologyNames,
  Transport,
  WireMessage,
} from '../core/types.ts';
import type { Purpose, RabbitConfig } from './config.ts';
import { Fetcher } from './fetcher.ts';
import { Link } from './link.ts';
import { Publisher } from './publisher.ts';
import { StreamSubscription } from './streamSubscriber.ts';
import { RabbitSubscription } from './subscriber.ts';
import { checkNames, declare } from './topology.ts';

/**
 * Publishing and consuming use separate connections: a broker under memory or disk pressure blocks publishers, and
 * acknowledgements must not wait behind them (https://www.rabbitmq.com/docs/connections#flow-control).
 */
export class RabbitTransport implements Transport {
  readonly kind = 'rabbitmq';
  readonly #config: RabbitConfig;
  readonly #subscriptions = new Set<RabbitSubscription | StreamSubscription>();
  readonly #closing = new AbortController();
  #log: Logger | undefined;
  #publishing: Promise<{ link: Link; publisher: Publisher }> | undefined;
  #consuming: Promise<Link> | undefined;
  #publisher: Publisher | undefined;
  #fetcher: Fetcher | undefined;

  constructor(config: RabbitConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return this.#publisher?.open === true && [...this.#subscriptions].every(({ open }) => open);
  }

  async start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void> {
    this.#log = log;
    const { link } = await this.#publishingSide();
    await orAborted(link.model.waitForConnect(), signal);
    await checkNames(link.model, names);
  }

  publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    const ready = this.#publisher;
    if (ready !== undefined) return ready.publish(destination, message, signal);
    return this.#publishingSide().then(({ publisher }) => publisher.publish(destination, message, signal));
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    if ('topics' in options) throw new TopologyError('RabbitMQ has no topics to subscribe to.');
    this.#consuming ??= this.#open('consume');
    const subscription = new RabbitSubscription(await this.#consuming, options, this.#logger());
    this.#subscriptions.add(subscription);
    await subscription.whenOpen(this.#closing.signal);
    return subscription;
  }

  async subscribeStream(options: StreamOptions): Promise<Subscription> {
    this.#consuming ??= this.#open('consume');
    const subscription = new StreamSubscription(await this.#consuming, options, this.#logger());
    this.#subscriptions.add(subscription);
    await subscription.whenOpen(this.#closing.signal);
    return subscription;
  }

  async fetch(queue: string): Promise<Delivery | undefined> {
    const { link } = await this.#publishingSide();
    this.#fetcher ??= new Fetcher(link, this.#logger());
    return this.#fetcher.fetch(queue, this.#closing.signal);
  }

  async assertTopology(
    topology: Topology | LogTopology,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<void> {
    if ('topics' in topology) throw new TopologyError('RabbitMQ has no topics to declare.');
    const { link } = await this.#publishingSide();
    await orAborted(link.model.waitForConnect(), signal);
    await declare(link.model, topology);
  }

  async close(): Promise<void> {
    this.#closing.abort(new ClosedError('The connection to RabbitMQ is closed.'));
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await (await this.#consuming)?.close();
    const publishing = await this.#publishing;
    await Promise.all([publishing?.publisher.close(), this.#fetcher?.close()]);
    await publishing?.link.close();
  }

  #publishingSide(): Promise<{ link: Link; publisher: Publisher }> {
    this.#publishing ??= this.#open('publish').then((link) => {
      this.#publisher = new Publisher(link, this.#logger());
      return { link, publisher: this.#publisher };
    });
    return this.#publishing;
  }

  #open(purpose: Purpose): Promise<Link> {
    return Link.open(this.#config, purpose, this.#logger());
  }

  #logger(): Logger {
    this.#log ??= createLogger('messaging');
    return this.#log;
  }
}
