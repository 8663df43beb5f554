import { fullJitter, pause } from './backoff.ts';
import { type Deadline, Deadlines } from './deadlines.ts';
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
  readonly #deadlines = new Deadlines(
    (timeoutMs) =>
      new SendTimeoutError(`Not confirmed within ${timeoutMs} ms; the message may have arrived.`),
  );
  #unsettled = 0;
  #closed = false;
  #whenSettled: (() => void) | undefined;

  constructor(definition: ProducerDefinition, transport: Transport, telemetry: ProducerTelemetry) {
    this.#definition = definition;
    this.#transport = transport;
    this.#telemetry = telemetry;
    this.#factory = new MessageFactory(definition);
    this.#window = new Semaphore(definition.maxUnsettled ?? defaultMaxUnsettled);
  }

  send(type: string, data: unknown, options: SendOptions = {}): Promise<Receipt> {
    if (this.#closed) return Promise.reject(new ClosedError('The producer is closed; nothing was sent.'));
    const observed = this.#telemetry.sending({ type }, options);
    return this.#deliver(observed, options.timeoutMs, () =>
      this.#factory.prepare(type, data, { ...options, ...observed.trace }),
    );
  }

  /** Sends a message that was made before, as it is. Its order is the caller's affair. */
  forward(message: WireMessage, destination: Destination): Promise<Receipt> {
    const observed = this.#telemetry.sending({ type: message.properties.type ?? '' }, traceOf(message));
    return this.#deliver(observed, undefined, () => ({ message, destination, key: undefined }));
  }

  /** One function for all steps of a send: each that awaits another costs as much as making the message. */
  async #deliver(
    observed: SendTelemetry,
    timeoutMs = this.#definition.timeoutMs ?? defaultTimeoutMs,
    make: () => Sending,
  ): Promise<Receipt> {
    let deadline: Deadline | undefined;
    this.#unsettled++;
    try {
      const made = make();
      const { key, message } = made;
      const { messageId: eventId = '', correlationId = '' } = message.properties;
      observed.prepared({ eventId, correlationId, bytes: message.body.length });
      deadline = this.#deadlines.start(timeoutMs);
      const { signal } = deadline;
      const attempts = await (key === undefined
        ? this.#publish(made, observed, signal)
        : this.#order.run(key, () => this.#publish(made, observed, signal), signal));
      observed.settled();
      return { eventId, attempts };
    } catch (error) {
      observed.settled({ error });
      throw error;
    } finally {
      deadline?.end();
      if (--this.#unsettled === 0) this.#whenSettled?.();
    }
  }

  /** Refuses further sends and waits until those at work have settled, which they do by their deadlines. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#unsettled === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenSettled = resolve;
    });
  }

  /** Resolves with the number of attempts. */
  async #publish(
    { destination, message }: Sending,
    observed: SendTelemetry,
    signal: AbortSignal,
  ): Promise<number> {
    if (!this.#window.tryAcquire()) await this.#window.acquire(signal);
    try {
      for (let attempts = 1; ; attempts++) {
        try {
          observed.attempted();
          await this.#transport.publish(destination, message, signal);
          return attempts;
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
