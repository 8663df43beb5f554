import { fullJitter, pause } from './backoff.ts';
import { ClosedError, MessagingError, SendTimeoutError } from './errors.ts';
import { headerNames, textHeader } from './headers.ts';
import { OrderedSends } from './orderedSends.ts';
import { MessageFactory, type Prepared } from './outgoing.ts';
import { Semaphore } from './semaphore.ts';
import type { ProducerTelemetry, SendTelemetry, TraceContext } from './telemetry/telemetry.ts';
import type {
  Destination,
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
  readonly #factory: MessageFactory;
  readonly #window: Semaphore;
  readonly #order = new OrderedSends();
  readonly #unsettled = new Set<Promise<unknown>>();
  #closed = false;

  constructor(definition: ProducerDefinition, transport: Transport, telemetry: ProducerTelemetry) {
    this.#definition = definition;
    this.#transport = transport;
    this.#telemetry = telemetry;
    this.#factory = new MessageFactory(definition);
    this.#window = new Semaphore(definition.maxUnsettled ?? defaultMaxUnsettled);
  }

  async send(type: string, data: unknown, options: SendOptions = {}): Promise<Receipt> {
    if (this.#closed) throw new ClosedError('The producer is closed; nothing was sent.');
    const observed = this.#telemetry.sending({ type }, options);
    return this.#deliver(observed, options.timeoutMs, () =>
      this.#factory.prepare(type, data, { ...options, ...observed.trace }),
    );
  }

  /** Sends a message that was made before, as it is. Its order is the caller's affair. */
  async forward(message: WireMessage, destination: Destination): Promise<Receipt> {
    const observed = this.#telemetry.sending({ type: message.properties.type ?? '' }, traceOf(message));
    return this.#deliver(observed, undefined, () => ({ message, destination, key: undefined }));
  }

  async #deliver(
    observed: SendTelemetry,
    timeoutMs: number | undefined,
    make: () => Sending,
  ): Promise<Receipt> {
    try {
      const made = make();
      const { messageId: eventId = '', correlationId = '' } = made.message.properties;
      observed.prepared({ eventId, correlationId, bytes: made.message.body.length });
      const sending = this.#sendByDeadline(made, observed, timeoutMs ?? this.#definition.timeoutMs);
      this.#unsettled.add(sending);
      let receipt: Receipt;
      try {
        receipt = await sending;
      } finally {
        this.#unsettled.delete(sending);
      }
      observed.settled();
      return receipt;
    } catch (error) {
      observed.settled({ error });
      throw error;
    }
  }

  /** Refuses further sends and waits until those at work have settled, which they do by their deadlines. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#unsettled);
  }

  async #sendByDeadline(
    prepared: Sending,
    observed: SendTelemetry,
    timeoutMs = defaultTimeoutMs,
  ): Promise<Receipt> {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(
        new SendTimeoutError(`Not confirmed within ${timeoutMs} ms; the message may have arrived.`),
      );
    }, timeoutMs);
    try {
      const { signal } = deadline;
      if (prepared.key === undefined) return await this.#publish(prepared, observed, signal);
      return await this.#order.run(prepared.key, () => this.#publish(prepared, observed, signal), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #publish(
    { destination, message }: Sending,
    observed: SendTelemetry,
    signal: AbortSignal,
  ): Promise<Receipt> {
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

type Sending = Pick<Prepared, 'message' | 'destination' | 'key'>;

function traceOf({ headers }: WireMessage): TraceContext {
  const traceparent = textHeader(headers, headerNames.traceparent);
  const tracestate = textHeader(headers, headerNames.tracestate);
  return {
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
  };
}
