import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { MessagingError } from '../errors.ts';
import { noHandler, noSend } from './none.ts';
import type {
  ConsumerIdentity,
  ConsumerTelemetry,
  DeliveryTelemetry,
  Failed,
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
      sending: ({ type }, parent) => {
        const caller = readTrace(parent);
        // A handler's producers carry its context; elsewhere the active span is the caller.
        const from = caller === undefined ? context.active() : trace.setSpanContext(ROOT_CONTEXT, caller);
        const about = { ...attributes, ...typeOf(type) };
        const span = this.#tracer.startSpan(name, { kind: SpanKind.PRODUCER, attributes: about }, from);
        return isTraced(span) ? new SendSpan(span) : noSend;
      },
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
      handling: ({ type, envelope }, attempt) => {
        const sent = readTrace(envelope);
        const from = sent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, sent);
        const about = {
          ...attributes,
          ...typeOf(type),
          'messaging.message.id': envelope.eventId,
          'messaging.message.conversation_id': envelope.correlationId,
          'loom.attempt': attempt,
        };
        const links = sent === undefined ? [] : [{ context: sent }];
        const options = { kind: SpanKind.CONSUMER, attributes: about, links };
        const span = this.#tracer.startSpan(name, options, from);
        return isTraced(span) ? new ProcessSpan(span) : noHandler;
      },
      deadLettered: () => {},
      settled: () => {},
    };
    return { subscribed: () => {}, received: () => delivery, storeFailed: () => {}, copyFailed: () => {} };
  }

  service(): void {}
}

/** Without an SDK there are only spans of callers, which a message carries already. */
const isTraced = (span: Span): boolean => trace.isSpanContextValid(span.spanContext());

const typeOf = (type: string): Attributes => ({ 'loom.message.type': type });

class SendSpan implements SendTelemetry {
  readonly trace: TraceContext | undefined;
  readonly #span: Span;
  #attempts = 0;

  constructor(span: Span) {
    this.#span = span;
    this.trace = writeTrace(trace.setSpan(ROOT_CONTEXT, span));
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

  constructor(span: Span) {
    this.#span = span;
    this.trace = writeTrace(trace.setSpan(ROOT_CONTEXT, span));
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
