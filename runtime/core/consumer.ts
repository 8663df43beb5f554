import type { ConsumerOptions, ProcessContext } from './consumerContext.ts';
import { DeliveryProcess } from './delivery.ts';
import { ClosedError, ConfigurationError } from './errors.ts';
import { claimsFor } from './idempotency/claimsFor.ts';
import { Lanes } from './lanes.ts';
import { Semaphore } from './semaphore.ts';
import type {
  ConsumerDefinition,
  Delivery,
  LogSource,
  QueueSource,
  StreamOptions,
  SubscribedTopic,
  Subscription,
} from './types.ts';

const defaultConcurrency = 16;
const defaultPrefetch = 256;

/** A consumer at work: takes deliveries from its queue and sees each of them through to its end. */
export class ConsumerWorker {
  readonly #options: ConsumerOptions;
  readonly #context: ProcessContext;
  readonly #stopping = new AbortController();
  readonly #graceOver = new AbortController();
  readonly #atWork = new Set<Promise<void>>();
  readonly #subscriptions: Subscription[] = [];

  constructor(options: ConsumerOptions) {
    const { definition } = options;
    const concurrency = definition.concurrency ?? defaultConcurrency;
    this.#options = options;
    this.#context = {
      ...options,
      claims: claimsFor(options),
      held: new Set(),
      lanes: new Lanes(),
      // Claims run ahead of the handlers by one round, so that a free handler never waits for the store.
      admission: new Semaphore(concurrency * 2),
      handlers: new Semaphore(concurrency),
      stopping: this.#stopping.signal,
      graceOver: this.#graceOver.signal,
    };
  }

  /** Deliveries taken and not yet seen through. */
  get inFlight(): number {
    return this.#atWork.size;
  }

  async start(): Promise<void> {
    const { definition, transport, telemetry } = this.#options;
    const intake = {
      prefetch: definition.prefetch ?? defaultPrefetch,
      onDelivery: (delivery: Delivery) => this.#accept(delivery),
    };
    const own = await transport.subscribe({ ...sourceOf(definition), ...intake });
    this.#subscriptions.push(own);
    const stream = 'source' in definition ? definition.source : undefined;
    if (stream === undefined) return telemetry.subscribed(own);
    const read = await this.#subscribeStream({ ...stream, ...intake });
    this.#subscriptions.push(read);
    telemetry.subscribed(read);
  }

  #subscribeStream(options: Omit<StreamOptions, 'offsets'>): Promise<Subscription> {
    const { transport, offsets, id } = this.#options;
    const subscribe = transport.subscribeStream?.bind(transport);
    if (subscribe === undefined || offsets === undefined)
      throw new ConfigurationError(
        `${id} reads the stream ${options.stream}: it needs a transport with streams and a store for its offsets.`,
      );
    return subscribe({ ...options, offsets });
  }

  /** Takes nothing more and waits for what is at work; what has not started goes back to the broker. */
  async drain(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#subscriptions.map((subscription) => subscription.cancel()));
    while (this.#atWork.size > 0) await Promise.all(this.#atWork);
  }

  /** Aborts the handlers' signals. */
  abandon(): void {
    const reason = new ClosedError('The service is stopping and its grace time is over.');
    this.#graceOver.abort(reason);
    for (const claim of this.#context.held) claim.abort(reason);
  }

  async close(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.close()));
  }

  #accept(delivery: Delivery): Promise<void> | undefined {
    if (this.#stopping.signal.aborted) return undefined;
    const work = new DeliveryProcess(this.#context, delivery).run();
    this.#atWork.add(work);
    void work.then(() => this.#atWork.delete(work));
    return work;
  }
}

/** A consumer of a topic reads its retry topics too, in one group. */
function sourceOf(definition: ConsumerDefinition): QueueSource | LogSource {
  if ('queue' in definition) return { queue: definition.queue };
  const { topic, group, retryTopic, retry, startFrom } = definition;
  const topics = new Map<string, SubscribedTopic>([
    [topic, { topic }],
    [retryTopic, { topic: retryTopic }],
  ]);
  for (const tier of retry.tiers) {
    if (!('topic' in tier)) continue;
    const maxDelayMs = Math.max(tier.delayMs, topics.get(tier.topic)?.maxDelayMs ?? 0);
    topics.set(tier.topic, { topic: tier.topic, maxDelayMs });
  }
  return { topics: [...topics.values()], group, ...(startFrom === undefined ? {} : { startFrom }) };
}
