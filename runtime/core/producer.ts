import { fullJitter, pause } from './backoff.ts';
import { createEnvelope, encode } from './envelope.ts';
import { ClosedError, MessagingError, SendTimeoutError, ValidationError } from './errors.ts';
import { OrderedSends } from './orderedSends.ts';
import { Semaphore } from './semaphore.ts';
import type { ProducerTelemetry, SendTelemetry } from './telemetry/telemetry.ts';
import type {
  Destination,
  MessageContract,
  Outgoing,
  Producer,
  ProducerDefinition,
  Receipt,
  SendOptions,
  Transport,
  WireMessage,
} from './types.ts';

const defaultTimeoutMs = 30_000;
const defaultMaxUnsettled = 256;

/** A producer at work. One per definition and service: the window and the order hold across all its callers. */
export class ProducerClient implements Producer {
  readonly #definition: ProducerDefinition;
  readonly #transport: Transport;
  readonly #telemetry: ProducerTelemetry;
  readonly #contracts: ReadonlyMap<string, MessageContract>;
  readonly #window: Semaphore;
  readonly #order = new OrderedSends();
  readonly #unsettled = new Set<Promise<unknown>>();
  #closed = false;

  constructor(definition: ProducerDefinition, transport: Transport, telemetry: ProducerTelemetry) {
    this.#definition = definition;
    this.#transport = transport;
    this.#telemetry = telemetry;
    this.#contracts = new Map(definition.messages.map((contract) => [contract.type, contract]));
    this.#window = new Semaphore(definition.maxUnsettled ?? defaultMaxUnsettled);
  }

  async send(type: string, data: unknown, options: SendOptions = {}): Promise<Receipt> {
    if (this.#closed) throw new ClosedError('The producer is closed; nothing was sent.');
    const observed = this.#telemetry.sending({ type }, options);
    try {
      const prepared = this.#prepare(type, data, { ...options, ...observed.trace }, observed);
      const receipt = await this.#unsettledUntil(
        this.#sendByDeadline(prepared, options.timeoutMs ?? this.#definition.timeoutMs),
      );
      observed.settled();
      return receipt;
    } catch (error) {
      observed.settled({ error });
      throw error;
    }
  }

  async #unsettledUntil<T>(sending: Promise<T>): Promise<T> {
    this.#unsettled.add(sending);
    try {
      return await sending;
    } finally {
      this.#unsettled.delete(sending);
    }
  }

  /** Refuses further sends and waits until those at work have settled, which they do by their deadlines. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#unsettled);
  }

  #prepare(type: string, data: unknown, options: SendOptions, observed: SendTelemetry): Prepared {
    const contract = this.#contracts.get(type);
    if (contract === undefined) throw new ValidationError(`This producer does not send ${type}.`);
    const envelope = createEnvelope(contract, data, options);
    const { aggregateId } = envelope;
    const outgoing: Outgoing = { type, data, ...(aggregateId === undefined ? {} : { aggregateId }) };
    const headers = { ...this.#definition.headers?.(outgoing), ...options.headers };
    const message = encode(contract, data, envelope, headers, this.#definition.persistent ?? true);
    const key = options.key ?? this.#definition.key?.(outgoing) ?? aggregateId;
    const { eventId, correlationId } = envelope;
    observed.prepared({ eventId, correlationId, bytes: message.body.length });
    return {
      message,
      observed,
      destination: this.#destination(outgoing, key),
      key: this.#orderingKey(type, key),
    };
  }

  #destination(outgoing: Outgoing, key: string | undefined): Destination {
    const { to } = this.#definition;
    if ('queue' in to) return to;
    if ('topic' in to) return key === undefined || key === '' ? to : { ...to, key };
    return { exchange: to.exchange, routingKey: this.#definition.routingKey?.(outgoing) ?? outgoing.type };
  }

  #orderingKey(type: string, key: string | undefined): string | undefined {
    if (!this.#definition.ordered) return undefined;
    if (key === undefined || key === '') {
      throw new ValidationError(
        `${type} is sent in order, but has no key: give SendOptions.key or an aggregate id.`,
      );
    }
    return key;
  }

  async #sendByDeadline(prepared: Prepared, timeoutMs = defaultTimeoutMs): Promise<Receipt> {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(
        new SendTimeoutError(`Not confirmed within ${timeoutMs} ms; the message may have arrived.`),
      );
    }, timeoutMs);
    try {
      const { signal } = deadline;
      if (prepared.key === undefined) return await this.#publish(prepared, signal);
      return await this.#order.run(prepared.key, () => this.#publish(prepared, signal), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #publish({ destination, message, observed }: Prepared, signal: AbortSignal): Promise<Receipt> {
    if (!this.#window.tryAcquire()) await this.#window.acquire(signal);
    try {
      for (let attempts = 1; ; attempts++) {
        try {
          observed.attempted();
          await this.#transport.publish(destination, message, signal);
          return { eventId: message.properties.messageId ?? '', attempts };
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (!(error instanceof MessagingError) || !error.retryable) throw error;
        }
        await pause(fullJitter(attempts, 50, 2_000), signal);
        if (signal.aborted) throw signal.reason;
      }
    } finally {
      this.#window.release();
    }
  }
}

interface Prepared {
  readonly message: WireMessage;
  readonly observed: SendTelemetry;
  readonly destination: Destination;
  /** Set on ordered flows only. */
  readonly key: string | undefined;
}
