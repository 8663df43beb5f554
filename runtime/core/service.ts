import { orAborted } from './abort.ts';
import { ConsumerWorker } from './consumer.ts';
import type { Clients } from './consumerContext.ts';
import { ConfigurationError } from './errors.ts';
import type { IdempotencyStore } from './idempotency/store.ts';
import { createLogger } from './log.ts';
import type { OffsetStore } from './offsets.ts';
import { OutboxClient } from './outbox/client.ts';
import { Relay } from './outbox/relay.ts';
import { Problems } from './problems.ts';
import { ProducerClient } from './producer.ts';
import { noTelemetry } from './telemetry/none.ts';
import type { ServiceState, Telemetry } from './telemetry/telemetry.ts';
import type {
  Channel,
  ConsumerDefinition,
  Destination,
  ProducerDefinition,
  ProducerMap,
  Producers,
  RunningService,
  ServiceDefinition,
  ServiceOptions,
  TopologyNames,
  Transport,
} from './types.ts';

const defaultGraceMs = 20_000;
/** Closing needs the broker's consent; one that does not answer would hold the process until its heartbeats fail. */
const maxCloseMs = 5_000;

/**
 * Connects, checks that every exchange and queue exists, and starts the consumers. Waits for brokers and stores that
 * are not there yet, until `signal` aborts.
 * @throws TopologyError, StoreLostError, ConfigurationError, or the signal's reason; nothing is left running then
 */
export async function startService<P extends ProducerMap>(
  definition: ServiceDefinition<P>,
  options: ServiceOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningService<P>> {
  const service = new Service(definition, options);
  try {
    await service.start(signal);
  } catch (error) {
    await service.release();
    throw error;
  }
  return service;
}

class Service<P extends ProducerMap> implements RunningService<P>, ServiceState {
  readonly log;
  readonly producers: Producers<P>;
  readonly #definition: ServiceDefinition<P>;
  readonly #options: ServiceOptions;
  /** All producers talk to the broker through these; those with an outbox leave that to the relay. */
  readonly #senders: Readonly<Record<string, ProducerClient>>;
  readonly #relay: Relay | undefined;
  readonly #consumers: readonly ConsumerWorker[];
  readonly #problems: Problems;
  readonly #telemetry: Telemetry;
  readonly #stopping = new AbortController();
  #run: Promise<void> = Promise.resolve();
  #started = false;
  #stopped: Promise<boolean> | undefined;

  constructor(definition: ServiceDefinition<P>, options: ServiceOptions) {
    this.#definition = definition;
    this.#options = options;
    this.log = options.log ?? createLogger(definition.name);
    this.#problems = new Problems(this.log);
    this.#telemetry = options.telemetry ?? noTelemetry;
    this.#senders = mapValues(definition.producers, (producer, id) => this.#sender(id, producer));
    const clients = mapValues(definition.producers, (producer, id) => this.#client(id, producer));
    // The clients check types at run time; `Producers` says the same to the compiler.
    this.producers = clients as unknown as Producers<P>;
    this.#relay = options.outbox && new Relay(options.outbox, this.#senders, this.#problems);
    this.#consumers = Object.entries(definition.consumers).map(([id, consumer]) =>
      this.#consumer(id, consumer, clients),
    );
    this.#telemetry.service(this);
  }

  #client(id: string, definition: ProducerDefinition): Clients[string] {
    if (definition.via === undefined) return this.#senders[id] as ProducerClient;
    const { outbox } = this.#options;
    if (outbox !== undefined) return new OutboxClient(id, definition, outbox);
    throw new ConfigurationError(`${this.name}.${id} sends through an outbox; none was given.`);
  }

  #sender(id: string, definition: ProducerDefinition): ProducerClient {
    const { broker, to } = definition;
    const transport = this.#transport(broker);
    const telemetry = this.#telemetry.producer({
      service: this.name,
      producer: id,
      broker,
      system: transport.kind,
      destination: 'exchange' in to ? to.exchange : channelName(to),
    });
    return new ProducerClient(definition, transport, telemetry);
  }

  #consumer(
    id: string,
    definition: ServiceDefinition<P>['consumers'][string],
    producers: Clients,
  ): ConsumerWorker {
    const { store } = this.#options;
    if (definition.idempotency !== false && store === undefined) {
      throw new ConfigurationError(
        `${this.#definition.name}.${id} needs an idempotency store; none was given.`,
      );
    }
    const transport = this.#transport(definition.broker);
    return new ConsumerWorker({
      service: this.name,
      id,
      definition,
      transport,
      telemetry: this.#telemetry.consumer({
        service: this.name,
        consumer: id,
        broker: definition.broker,
        system: transport.kind,
        channel: sourceName(definition),
      }),
      store,
      offsets: this.#offsets,
      producers,
      problems: this.#problems,
      log: this.log,
    });
  }

  get #offsets(): OffsetStore | undefined {
    const { store, offsets } = this.#options;
    return offsets ?? (store !== undefined && keepsOffsets(store) ? store : undefined);
  }

  get #stores(): ReadonlySet<IdempotencyStore | OffsetStore> {
    const { store, offsets } = this.#options;
    return new Set([store, offsets].filter((given) => given !== undefined));
  }

  #transport(broker: string): Transport {
    const transport = this.#options.transports[broker];
    if (transport !== undefined) return transport;
    throw new ConfigurationError(
      `${this.#definition.name} uses the broker ${broker}; no transport was given for it.`,
    );
  }

  get name(): string {
    return this.#definition.name;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  get connected(): Readonly<Record<string, boolean>> {
    return mapValues(this.#options.transports, (transport) => transport.connected);
  }

  get inFlight(): number {
    return this.#consumers.reduce((sum, consumer) => sum + consumer.inFlight, 0);
  }

  get ready(): boolean {
    return this.#started && this.problems.length === 0;
  }

  get problems(): readonly string[] {
    const { transports, store, outbox } = this.#options;
    const away = Object.entries(transports)
      .filter(([, transport]) => !transport.connected)
      .map(([broker]) => `The broker ${broker} is not connected.`);
    const isAway = [...this.#stores].some((each) => !each.connected);
    const storeAway = isAway ? ['The idempotency store is not connected.'] : [];
    const storeLost = store?.lost ? ['The idempotency store has lost its records.'] : [];
    const outboxAway = outbox?.connected === false ? ['The outbox is not connected.'] : [];
    const stopping = this.#stopped === undefined ? [] : ['The service is stopping.'];
    return [...away, ...storeAway, ...storeLost, ...outboxAway, ...stopping, ...this.#problems.list];
  }

  async start(signal: AbortSignal): Promise<void> {
    const { transports, outbox } = this.#options;
    const starting = Object.entries(transports).map(([broker, transport]) => {
      return transport.start(namesUsed(this.#definition, broker), this.log, signal);
    });
    const opening = [...this.#stores].map((store) => store.open(signal, this.log));
    await Promise.all([...opening, outbox?.open(this.name, signal, this.log), ...starting]);
    this.#relay?.start();
    await orAborted(Promise.all(this.#consumers.map((consumer) => consumer.start())), signal);
    this.#started = true;
    this.log.info({}, 'Started.');
    this.#run = this.#runOwnWork();
  }

  async #runOwnWork(): Promise<void> {
    try {
      await this.#definition.run?.(this);
    } catch (error) {
      if (!this.signal.aborted) this.#problems.raise('run', "The service's own work has failed.", error);
    }
  }

  stop(): Promise<boolean> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<boolean> {
    const graceMs = this.#options.graceMs ?? defaultGraceMs;
    this.log.info({ inFlight: this.inFlight, graceMs }, 'Stopping.');
    this.#stopping.abort();
    const drained = this.#drain();
    const inTime = await settlesWithin(drained, graceMs);
    if (!inTime) {
      for (const consumer of this.#consumers) consumer.abandon();
      // Handlers that heed their signal end now, and their claims are freed instead of running out.
      await settlesWithin(drained, Math.min(1_000, graceMs));
    }
    const closed = await this.release();
    this.log.info({ drained: inTime, closed }, 'Stopped.');
    return inTime && closed;
  }

  async #drain(): Promise<void> {
    await Promise.all([...this.#consumers.map((consumer) => consumer.drain()), this.#run]);
    await this.#relay?.stop();
    await Promise.all(Object.values(this.#senders).map((sender) => sender.close()));
  }

  /** Closes the connections. What was not acknowledged goes back to the broker. False: a silent peer keeps one open. */
  release(): Promise<boolean> {
    return settlesWithin(this.#close(), maxCloseMs);
  }

  async #close(): Promise<void> {
    // It ends with the transports at the latest.
    void this.#relay?.stop();
    await Promise.allSettled(this.#consumers.map((consumer) => consumer.close()));
    await Promise.allSettled(Object.values(this.#options.transports).map((transport) => transport.close()));
    const closing = [...this.#stores].map((store) => store.close());
    await Promise.allSettled([...closing, this.#options.outbox?.close()]);
  }
}

const keepsOffsets = (store: object): store is OffsetStore => 'loadOffset' in store && 'saveOffset' in store;

/** The stream where one is read: the queue besides is the consumer's own. */
const sourceName = (definition: ConsumerDefinition): string =>
  'source' in definition && definition.source !== undefined
    ? definition.source.stream
    : channelName(definition);

const channelName = (channel: Channel): string => ('queue' in channel ? channel.queue : channel.topic);

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T, name: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}

/** Every exchange, queue and topic the service touches at one broker. */
function namesUsed(definition: ServiceDefinition, broker: string): TopologyNames {
  const exchanges = new Set<string>();
  const queues = new Set<string>();
  const topics = new Set<string>();
  const add = (to: Destination | { exchange: string }) => {
    if ('queue' in to) queues.add(to.queue);
    else if ('topic' in to) topics.add(to.topic);
    else exchanges.add(to.exchange);
  };
  for (const producer of Object.values(definition.producers))
    if (producer.broker === broker) add(producer.to);
  for (const consumer of Object.values(definition.consumers)) {
    if (consumer.broker !== broker) continue;
    add(consumer);
    if ('source' in consumer && consumer.source !== undefined) queues.add(consumer.source.stream);
    if ('retryTopic' in consumer) topics.add(consumer.retryTopic);
    for (const tier of consumer.retry.tiers) add(tier);
    add(consumer.deadLetter);
  }
  return { exchanges: [...exchanges], queues: [...queues], topics: [...topics] };
}

async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, timeout]).finally(() => clearTimeout(timer));
}
