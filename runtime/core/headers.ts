import type { Headers } from './types.ts';

/** Every header name of the library; the table in docs/runtime.md is checked against this. */
export const headerNames = {
  eventId: 'loom-event-id',
  type: 'loom-event-type',
  aggregateId: 'loom-aggregate-id',
  time: 'loom-event-time',
  schemaVersion: 'loom-schema-version',
  correlationId: 'loom-correlation-id',
  causationId: 'loom-causation-id',
  idempotencyKey: 'loom-idempotency-key',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  attempts: 'loom-attempts',
  firstFailureTime: 'loom-first-failure-time',
  dueTime: 'loom-due-time',
  replayId: 'loom-replay-id',
  originalExchange: 'loom-original-exchange',
  originalRoutingKey: 'loom-original-routing-key',
  originalTopic: 'loom-original-topic',
  originalPartition: 'loom-original-partition',
  originalOffset: 'loom-original-offset',
  dlqId: 'loom-dlq-id',
  dlqReason: 'loom-dlq-reason',
  dlqError: 'loom-dlq-error',
  dlqTime: 'loom-dlq-time',
  dlqQueue: 'loom-dlq-queue',
  dlqTopic: 'loom-dlq-topic',
  dlqConsumer: 'loom-dlq-consumer',
  dlqSettled: 'loom-dlq-settled',
} as const;

/** A header as text; absent and empty are both `undefined`. */
export function textHeader(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A header as a whole number of 0 or more; anything else counts as 0. */
export function countHeader(headers: Headers, name: string): number {
  const value = Number(headers[name] ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/**
 * Without the broker's own death records: RabbitMQ before 4.0 believes those of a published message when it looks for
 * dead-letter cycles (https://www.rabbitmq.com/docs/dlx#effects), and they say nothing about the copy.
 */
export function withoutBrokerHeaders(headers: Headers): Headers {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^x-(death|(first|last)-death-|delivery-count|acquired-count)/.test(name),
  );
  return Object.fromEntries(kept);
}
