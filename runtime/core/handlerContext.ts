import type { ConsumerOptions } from './consumerContext.ts';
import type { Logger } from './log.ts';
import type { ProducerClient } from './producer.ts';
import type { TraceContext } from './telemetry/telemetry.ts';
import type { Envelope, HandlerContext, Producer, Received, SendOptions } from './types.ts';

type Clients = Readonly<Record<string, ProducerClient>>;

/** What a handler gets besides the message. The parts that few handlers use are made when they are asked for. */
export function handlerContext(
  { producers, log, id }: ConsumerOptions,
  { envelope }: Received,
  idempotencyKey: string,
  attempt: number,
  signal: AbortSignal,
  trace: TraceContext = envelope,
): HandlerContext {
  let bound: Readonly<Record<string, Producer>> | undefined;
  let child: Logger | undefined;
  return {
    signal,
    attempt,
    idempotencyKey,
    get producers() {
      bound ??= causedBy(producers, envelope, trace);
      return bound;
    },
    get log() {
      const { eventId, correlationId } = envelope;
      child ??= log.child({ consumer: id, eventId, correlationId, attempt, ...traceId(trace) });
      return child;
    },
  };
}

/** The same producers, with the handled message named as the cause of what they send. */
function causedBy(
  producers: Clients,
  cause: Envelope,
  { traceparent, tracestate }: TraceContext,
): Readonly<Record<string, Producer>> {
  const context: SendOptions = {
    correlationId: cause.correlationId,
    causationId: cause.eventId,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(tracestate === undefined ? {} : { tracestate }),
  };
  const bind = (client: ProducerClient): Producer => ({
    send: (type, data, options) => client.send(type, data, { ...context, ...options }),
  });
  return Object.fromEntries(Object.entries(producers).map(([name, client]) => [name, bind(client)]));
}

/** Second field of https://www.w3.org/TR/trace-context/#traceparent-header; a foreign text is not copied into logs. */
function traceId({ traceparent = '' }: TraceContext): { traceId?: string } {
  const id = /^[\da-f]{2}-([\da-f]{32})-/.exec(traceparent)?.[1];
  return id === undefined ? {} : { traceId: id };
}
