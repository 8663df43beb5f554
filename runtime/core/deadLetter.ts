import { createHash, randomUUID } from 'node:crypto';
import { headerNames as names, textHeader, withoutBrokerHeaders } from './headers.ts';
import { lengthPrefixed } from './idempotency/key.ts';
import type {
  Channel,
  DeadLetterReason,
  Delivery,
  Destination,
  Headers,
  RetryTier,
  WireMessage,
} from './types.ts';

/** A delivery as its copies see it. */
export type Handed = Pick<Delivery, 'message' | 'origin'>;

/** Who failed with what. */
export interface Failure {
  readonly service: string;
  readonly consumer: string;
  readonly attempts: number;
  readonly error: unknown;
  /** Where a replay has to go: to this consumer and to no other. */
  readonly replayTo: Channel;
}

/** Long texts would push the header table over the 64 KiB that amqplib encodes. */
const maxErrorText = 500;

/** The copy that waits in a delay queue or retry topic: the message as it was, with one more failure counted. */
export function retryCopy(
  delivery: Handed,
  failure: Failure,
  tier: RetryTier,
  now = new Date(),
): WireMessage {
  // A delay queue keeps the time by itself; whoever reads a retry topic has to be told.
  const due =
    'topic' in tier ? { [names.dueTime]: new Date(now.getTime() + tier.delayMs).toISOString() } : {};
  return copy(delivery, {
    [names.attempts]: failure.attempts,
    [names.firstFailureTime]: firstFailureTime(delivery, now),
    ...due,
  });
}

/** Where a copy goes. Messages keep their key, and with it their place in the order of a topic or queue. */
export function copyDestination(to: Destination, { origin }: Handed): Destination {
  return 'topic' in to === 'topic' in origin && origin.key !== undefined ? { key: origin.key, ...to } : to;
}

/** The copy for the dead-letter queue: body and headers intact, and why it is there. */
export function deadLetterCopy(
  delivery: Handed,
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
    ...('topic' in failure.replayTo
      ? { [names.dlqTopic]: failure.replayTo.topic }
      : { [names.dlqQueue]: failure.replayTo.queue }),
    [names.dlqConsumer]: `${failure.service}.${failure.consumer}`,
  });
}

function copy(delivery: Handed, added: Headers): WireMessage {
  const { headers, body, properties } = delivery.message;
  const origin = originHeaders(delivery);
  const messageId = properties.messageId ?? bodyDigest(position(origin), body);
  const { [names.dueTime]: _, ...kept } = withoutBrokerHeaders(headers);
  return {
    body,
    headers: { ...kept, ...origin, ...added },
    properties: { ...properties, messageId, persistent: true },
  };
}

/**
 * Where the message was first published. Coming back from a delay queue it carries that queue's name as its routing
 * key, and from a retry topic another offset: what the first copy says is true.
 */
function originHeaders({ message, origin }: Handed): Headers {
  const known = Object.entries(message.headers).filter(([name]) => name.startsWith('loom-original-'));
  if (known.length > 0) return Object.fromEntries(known);
  if ('queue' in origin) {
    return { [names.originalExchange]: origin.exchange, [names.originalRoutingKey]: origin.routingKey };
  }
  return {
    [names.originalTopic]: origin.topic,
    [names.originalPartition]: origin.partition,
    [names.originalOffset]: String(origin.offset),
  };
}

/** Tells records without an id apart, even those with the same body. Queues have nothing to tell such messages by. */
function position(origin: Headers): readonly string[] {
  return [names.originalTopic, names.originalPartition, names.originalOffset].flatMap((name) => {
    const value = textHeader(origin, name);
    return value === undefined ? [] : [value];
  });
}

function firstFailureTime({ message }: Handed, now: Date): string {
  return textHeader(message.headers, names.firstFailureTime) ?? now.toISOString();
}

/**
 * The same for every copy of one death, so that the tools can collapse the copies which a crash between confirm and
 * acknowledgement leaves behind; another one after a replay.
 */
function deadLetterId(delivery: Handed, { service, consumer }: Failure): string {
  const { headers, properties, body } = delivery.message;
  const id = textHeader(headers, names.eventId) ?? properties.messageId;
  const known = id === undefined ? ['', ...position(originHeaders(delivery))] : [id];
  return bodyDigest([service, consumer, ...known, textHeader(headers, names.replayId) ?? ''], body);
}

function bodyDigest(parts: readonly string[], body: Uint8Array): string {
  return createHash('sha256').update(lengthPrefixed(parts)).update(body).digest('hex').slice(0, 32);
}

function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, maxErrorText);
}

/**
 * The replay of one death. It is the same for all copies of the dead letter and for a replay that is run again after it
 * was interrupted, so that the consumer's record tells them for one; after another death it is another.
 */
export function replayIdOf({ body, headers, properties }: WireMessage): string {
  const death = textHeader(headers, names.dlqId) ?? properties.messageId;
  return death === undefined
    ? randomUUID()
    : bodyDigest(['replay', death, textHeader(headers, names.replayId) ?? ''], body);
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
    names.dlqTopic,
    names.dlqConsumer,
  ];
  const kept = Object.entries(withoutBrokerHeaders(dead.headers)).filter(([name]) => !cleared.includes(name));
  return { ...dead, headers: { ...Object.fromEntries(kept), [names.replayId]: replayId } };
}

/**
 * A message as its handler has to see it. Brokers have tools of their own that move dead letters back as they are
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html,
 * https://www.rabbitmq.com/docs/shovel): such a one is a replay too. Taken for a duplicate of what has died it would be lost.
 */
export function asReceived(message: WireMessage): WireMessage {
  const isDead = textHeader(message.headers, names.dlqId) !== undefined;
  return isDead ? replayCopy(message, replayIdOf(message)) : message;
}
