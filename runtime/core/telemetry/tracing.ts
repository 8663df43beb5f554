import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { MessagingError } from '../errors.ts';
import type {
  ConsumerIdentity,
  ConsumerTelemetry,
  DeliveryTelemetry,
  Failed,
  HandledMessage,
  HandlerTelemetry,
  ProducerIdentity,
  ProducerTelemetry,
  SendTelemetry,
  Telemetry,
  TraceContext,
} from './telemetry.ts';
import { readTrace, writeTrace } from './traceContext.ts';

/**
 * Spans by the conventions of https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/: one for each send
 * and one for each run of a handler, which is linked to the send and continues its trace.
 */
export class TracingTelemetry implements Telemetry {
  /** Of the API: it does nothing until an SDK is registered, ours or the application's. */
  readonly #tracer = trace.getTracer('messaging');

  producer(of: ProducerIdentity): ProducerTelemetry {
    const name = `send ${of.destination}`;
    const attributes: Attributes = {
      'messaging.system': of.system,
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': of.destination,
    };
    return {
      sending: ({ type }, parent) =>
        new SendSpan(this.#tracer, name, { ...attributes, ...typeOf(type) }, parent),
    };
  }

  consumer(of: ConsumerIdentity): ConsumerTelemetry {
    const name = `process ${of.channel}`;
    const attributes: Attributes = {
      'messaging.system': of.system,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': of.channel,
      'messaging.consumer.group.name': `${of.service}.${of.consumer}`,
    };
    const delivery: DeliveryTelemetry = {
      decoded: () => {},
      handling: (message, attempt) => new ProcessSpan(this.#tracer, name, attributes, message, attempt),
      deadLettered: () => {},
      settled: () => {},
    };
    return { subscribed: () => {}, received: () => delivery, storeFailed: () => {}, copyFailed: () => {} };
  }

  service(): void {}
}

const typeOf = (type: string): Attributes => ({ 'loom.message.type': type });

class SendSpan implements SendTelemetry {
  readonly trace: TraceContext | undefined;
  readonly #span: Span;
  #attempts = 0;

  constructor(tracer: Tracer, name: string, attributes: Attributes, given: TraceContext) {
    const caller = readTrace(given);
    // A handler's producers carry its context; elsewhere the active span is the caller.
    const parent = caller === undefined ? context.active() : trace.setSpanContext(ROOT_CONTEXT, caller);
    this.#span = tracer.startSpan(name, { kind: SpanKind.PRODUCER, attributes }, parent);
    this.trace = writeTrace(trace.setSpan(ROOT_CONTEXT, this.#span));
  }

  prepared({ eventId, correlationId, bytes }: Parameters<SendTelemetry['prepared']>[0]): void {
    this.#span.setAttributes({
      'messaging.message.id': eventId,
      'messaging.message.conversation_id': correlationId,
      'messaging.message.body.size': bytes,
    });
  }

  attempted(): void {
    if (++this.#attempts > 1) this.#span.addEvent('sent again', { attempt: this.#attempts });
  }

  settled(failure?: Failed): void {
    end(this.#span, failure);
  }
}

class ProcessSpan implements HandlerTelemetry {
  readonly trace: TraceContext | undefined;
  readonly #span: Span;

  constructor(
    tracer: Tracer,
    name: string,
    attributes: Attributes,
    { type, envelope }: HandledMessage,
    attempt: number,
  ) {
    const sent = readTrace(envelope);
    const parent = sent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, sent);
    this.#span = tracer.startSpan(
      name,
      {
        kind: SpanKind.CONSUMER,
        attributes: {
          ...attributes,
          ...typeOf(type),
          'messaging.message.id': envelope.eventId,
          'messaging.message.conversation_id': envelope.correlationId,
          'loom.attempt': attempt,
        },
        links: sent === undefined ? [] : [{ context: sent }],
      },
      parent,
    );
    this.trace = writeTrace(trace.setSpan(ROOT_CONTEXT, this.#span));
  }

  run<T>(handler: () => T): T {
    return context.with(trace.setSpan(context.active(), this.#span), handler);
  }

  ended(failure?: Failed): void {
    end(this.#span, failure);
  }
}

/** Names the error, not its text: a text may quote the body of the message. */
function end(span: Span, failure: Failed | undefined): void {
  if (failure !== undefined) {
    const { error } = failure;
    const type =
      error instanceof MessagingError ? error.code : error instanceof Error ? error.name : typeof error;
    span.setAttribute('error.type', type);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
