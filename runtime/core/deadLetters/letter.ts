import { copyDestination } from '../deadLetter.ts';
import { countHeader, headerNames as names, textHeader } from '../headers.ts';
import type { Delivery, Destination, WireMessage } from '../types.ts';

/** One message in a dead-letter channel, as an operator sees it. */
export interface DeadLetter {
  /** The same for all copies of one death; without our headers, the message id; else empty. */
  readonly id: string;
  /** `backstop`: the broker itself dead-lettered it, e.g. at the delivery limit. */
  readonly reason: string;
  /** Name and message of the last error. */
  readonly error: string;
  readonly attempts: number;
  readonly firstFailureTime: string;
  readonly time: string;
  /** Name of the queue or topic where it failed; empty where nobody says. */
  readonly queue: string;
  /** Where a replay sends it: to the consumer that failed. */
  readonly replayTo: Destination | undefined;
  readonly consumer: string;
  readonly eventId: string;
  readonly type: string;
  /** The aggregate id. */
  readonly key: string;
  readonly correlationId: string;
  readonly message: WireMessage;
}

export function letterOf(delivery: Delivery): DeadLetter {
  const { message } = delivery;
  const { headers, properties } = message;
  const text = (name: string, fallback = '') => textHeader(headers, name) ?? fallback;
  const topic = text(names.dlqTopic);
  const queue = topic || text(names.dlqQueue, text('x-first-death-queue'));
  const channel = topic === '' ? { queue } : { topic };
  return {
    id: text(names.dlqId, properties.messageId),
    reason: text(names.dlqReason, 'backstop'),
    error: text(names.dlqError, text('x-first-death-reason')),
    attempts: countHeader(headers, names.attempts),
    firstFailureTime: text(names.firstFailureTime),
    time: text(names.dlqTime),
    queue,
    replayTo: queue === '' ? undefined : copyDestination(channel, delivery),
    consumer: text(names.dlqConsumer),
    eventId: text(names.eventId, properties.messageId),
    type: text(names.type, properties.type),
    key: text(names.aggregateId),
    correlationId: text(names.correlationId, properties.correlationId),
    message,
  };
}
