import { createHash } from 'node:crypto';
import { headerNames as names, textHeader, withoutBrokerHeaders } from './headers.ts';
import { lengthPrefixed } from './idempotency/key.ts';
import type { Delivery, Headers, WireMessage } from './types.ts';

export type DeadLetterReason = 'invalid' | 'non-retryable' | 'attempts-exhausted';

/** Who failed with what. */
export interface Failure {
  readonly service: string;
  readonly consumer: string;
  readonly attempts: number;
  readonly error: unknown;
}

/** Long texts would push the header table over the 64 KiB that amqplib encodes. */
const maxErrorText = 500;

/** The copy that waits in a delay queue: the message as it was, with one more failure counted. */
export function retryCopy(delivery: Delivery, failure: Failure, now = new Date()): WireMessage {
  return copy(delivery, {
    [names.attempts]: failure.attempts,
    [names.firstFailureTime]: firstFailureTime(delivery, now),
  });
}

/** The copy for the dead-letter queue: body and headers intact, and why it is there. */
export function deadLetterCopy(
  delivery: Delivery,
  failure: Failure,
  reason: DeadLetterReason,
  now = new Date(),
): WireMessage {
  return copy(delivery, {
    [names.attempts]: failure.attempts,
    [names.firstFailureTime]: firstFailureTime(delivery, now),
    [names.dlqId]: deadLetterId(delivery, failure),
    [names.dlqReason]: reason,
    [names.dlqError]: describeError(failure.error),
    [names.dlqTime]: now.toISOString(),
    [names.dlqQueue]: delivery.queue,
    [names.dlqConsumer]: `${failure.service}.${failure.consumer}`,
  });
}

function copy(delivery: Delivery, added: Headers): WireMessage {
  const { headers, body, properties } = delivery.message;
  // Returning from a delay queue, a message carries that queue's name as its routing key: the first one is the true one.
  const origin = {
    [names.originalExchange]: textHeader(headers, names.originalExchange) ?? delivery.exchange,
    [names.originalRoutingKey]: textHeader(headers, names.originalRoutingKey) ?? delivery.routingKey,
  };
  const messageId = properties.messageId ?? bodyDigest([], body);
  return {
    body,
    headers: { ...withoutBrokerHeaders(headers), ...origin, ...added },
    properties: { ...properties, messageId, persistent: true },
  };
}

function firstFailureTime({ message }: Delivery, now: Date): string {
  return textHeader(message.headers, names.firstFailureTime) ?? now.toISOString();
}

/**
 * The same for every copy of one death, so that the tools can collapse the copies which a crash between confirm and
 * acknowledgement leaves behind; another one after a replay.
 */
function deadLetterId({ message }: Delivery, { service, consumer }: Failure): string {
  const id = textHeader(message.headers, names.eventId) ?? message.properties.messageId ?? '';
  return bodyDigest([service, consumer, id, textHeader(message.headers, names.replayId) ?? ''], message.body);
}

function bodyDigest(parts: readonly string[], body: Uint8Array): string {
  return createHash('sha256').update(lengthPrefixed(parts)).update(body).digest('hex').slice(0, 32);
}

function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, maxErrorText);
}

/** A dead letter as it goes back to its consumer: attempts start afresh, and the replay id reopens its dead-mark. */
export function replayCopy(dead: WireMessage, replayId: string): WireMessage {
  const cleared: readonly string[] = [
    names.attempts,
    names.firstFailureTime,
    names.dlqId,
    names.dlqReason,
    names.dlqError,
    names.dlqTime,
    names.dlqQueue,
    names.dlqConsumer,
  ];
  const kept = Object.entries(withoutBrokerHeaders(dead.headers)).filter(([name]) => !cleared.includes(name));
  return { ...dead, headers: { ...Object.fromEntries(kept), [names.replayId]: replayId } };
}
