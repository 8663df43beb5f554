/**
 * The seam between the library and what watches it: the library says what happens, an implementation counts it or
 * makes spans of it. Every method is called on the path of a message, so it must be cheap and must not throw.
 */

import type { DeadLetterReason, Envelope } from '../message.ts';
import type { Subscription } from '../transport.ts';

export interface Telemetry {
  producer(of: ProducerIdentity): ProducerTelemetry;
  consumer(of: ConsumerIdentity): ConsumerTelemetry;
  /** Called once for each service; what it gives may be asked at any time until the process ends. */
  service(state: ServiceState): void;
}

/** Names of the design, so that their number is bounded: they may become labels of metrics. */
export interface ProducerIdentity {
  readonly service: string;
  readonly producer: string;
  readonly broker: string;
  /** The transport's kind, such as `rabbitmq`. */
  readonly system: string;
  /** The exchange, queue or topic it sends to. */
  readonly destination: string;
}

/** As for producers. */
export interface ConsumerIdentity {
  readonly service: string;
  readonly consumer: string;
  readonly broker: string;
  readonly system: string;
  /** The queue or topic it reads. */
  readonly channel: string;
}

export interface ServiceState {
  readonly name: string;
  readonly ready: boolean;
  /** By broker id. */
  readonly connected: Readonly<Record<string, boolean>>;
}

/** W3C trace context (https://www.w3.org/TR/trace-context/), as the envelope carries it. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

export interface ProducerTelemetry {
  /** A send has begun. `parent` is the context it was called with, if the caller gave one. */
  sending(message: { readonly type: string }, parent: TraceContext): SendTelemetry;
}

/** An error may be any value, `undefined` too. */
export interface Failed {
  readonly error: unknown;
}

export interface SendTelemetry {
  /** What the message carries instead of the caller's context; undefined: leave it. */
  readonly trace: TraceContext | undefined;
  /** The envelope is made; called once, unless the message is invalid. */
  prepared(message: {
    readonly eventId: string;
    readonly correlationId: string;
    readonly bytes: number;
  }): void;
  /** Handed to the broker; more than once when the broker refuses it or its connection is lost. */
  attempted(): void;
  /** Confirmed, or failed with the error. Called once, last. */
  settled(failure?: Failed): void;
}

/**
 * How a delivery ended. `ignored`: of a type that is for others. `retried` and `dead-lettered`: the copy was confirmed and the original acknowledged.
 * `returned`: not settled here; the broker gives it out again.
 */
export type DeliveryOutcome = 'handled' | 'ignored' | 'duplicate' | 'retried' | 'dead-lettered' | 'returned';

export interface ConsumerTelemetry {
  subscribed(subscription: Pick<Subscription, 'backlog'>): void;
  received(): DeliveryTelemetry;
  /** The idempotency store has not answered, or refuses. */
  storeFailed(): void;
  /** A retry or dead-letter copy could not be published; the original is kept. */
  copyFailed(): void;
}

export interface HandledMessage {
  readonly type: string;
  readonly envelope: Envelope;
}

export interface DeliveryTelemetry {
  /** The message could be read. */
  decoded(message: HandledMessage): void;
  handling(message: HandledMessage, attempt: number): HandlerTelemetry;
  /** The broker has confirmed the dead-letter copy. */
  deadLettered(reason: DeadLetterReason): void;
  /** Called once, last. */
  settled(outcome: DeliveryOutcome): void;
}

export interface HandlerTelemetry {
  /** The context that belongs to this run of the handler; undefined: that of the message. */
  readonly trace: TraceContext | undefined;
  /** Runs the handler within that context. */
  run<T>(handler: () => T): T;
  /** Returned, or failed with the error. Called once, last. */
  ended(failure?: Failed): void;
}
