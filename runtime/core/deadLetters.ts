import { randomUUID } from 'node:crypto';
import { replayCopy } from './deadLetter.ts';
import { ValidationError } from './errors.ts';
import { countHeader, headerNames as names, textHeader } from './headers.ts';
import type { Delivery, Transport, WireMessage } from './types.ts';

/** One message in a dead-letter queue, as an operator sees it. */
export interface DeadLetter {
  /** The same for all copies of one death; without our headers, the message id. */
  readonly id: string;
  /** `backstop`: the broker itself dead-lettered it, e.g. at the delivery limit. */
  readonly reason: string;
  readonly error: string;
  readonly attempts: number;
  readonly firstFailureTime: string;
  readonly time: string;
  /** Where it failed, and where a replay sends it. */
  readonly queue: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly type: string;
  readonly correlationId: string;
  /** 1, or more after a crash between the confirmation and the acknowledgement. */
  readonly copies: number;
  readonly message: WireMessage;
}

export interface DeadLetterSelection {
  /** Most messages looked at. Default 1 000. */
  readonly limit?: number;
  /** Which of them. Default: all. */
  readonly select?: (letter: DeadLetter) => boolean;
}

type Group = { readonly letter: DeadLetter; readonly deliveries: readonly Delivery[] };

/** Looks without taking: afterwards the messages are where they were, marked as redelivered. */
export async function listDeadLetters(
  transport: Transport,
  queue: string,
  { limit, select }: DeadLetterSelection = {},
): Promise<readonly DeadLetter[]> {
  const groups = await fetchGroups(transport, queue, limit);
  for (const { deliveries } of groups) giveBack(deliveries);
  return groups.map(({ letter }) => letter).filter((letter) => select?.(letter) ?? true);
}

/**
 * Sends them to the queue of the consumer that failed, each with a replay id that reopens its dead-mark, and removes
 * them once the broker has confirmed. Resolves with those replayed.
 */
export async function replayDeadLetters(
  transport: Transport,
  queue: string,
  selection: DeadLetterSelection,
  signal: AbortSignal,
): Promise<readonly DeadLetter[]> {
  return settleSelected(transport, queue, selection, async (letter) => {
    if (letter.queue === '')
      throw new ValidationError(`The dead letter ${letter.id} does not say where it failed.`);
    await transport.publish({ queue: letter.queue }, replayCopy(letter.message, randomUUID()), signal);
  });
}

/** Removes them for good. Resolves with those dropped. */
export async function dropDeadLetters(
  transport: Transport,
  queue: string,
  selection: DeadLetterSelection,
): Promise<readonly DeadLetter[]> {
  return settleSelected(transport, queue, selection, async () => {});
}

/** Everything is fetched before anything is sent, so that a replay that dies again at once is not replayed again. */
async function settleSelected(
  transport: Transport,
  queue: string,
  { limit, select }: DeadLetterSelection,
  settle: (letter: DeadLetter) => Promise<void>,
): Promise<readonly DeadLetter[]> {
  const groups = await fetchGroups(transport, queue, limit);
  const open = new Set(groups);
  const settled: DeadLetter[] = [];
  try {
    for (const group of groups) {
      if (select !== undefined && !select(group.letter)) continue;
      await settle(group.letter);
      for (const delivery of group.deliveries) delivery.ack();
      open.delete(group);
      settled.push(group.letter);
    }
  } finally {
    for (const { deliveries } of open) giveBack(deliveries);
  }
  return settled;
}

async function fetchGroups(transport: Transport, queue: string, limit = 1_000): Promise<readonly Group[]> {
  const byId = new Map<string, Delivery[]>();
  for (let count = 0; count < limit; count++) {
    const delivery = await transport.fetch(queue);
    if (delivery === undefined) break;
    // Without any id there is no telling copies from distinct messages; each counts for itself.
    const id = idOf(delivery) || `#${count}`;
    const copies = byId.get(id);
    if (copies === undefined) byId.set(id, [delivery]);
    else copies.push(delivery);
  }
  return [...byId].flatMap(([id, deliveries]) => {
    const [first] = deliveries;
    return first === undefined ? [] : [{ letter: describe(id, first, deliveries.length), deliveries }];
  });
}

function idOf({ message }: Delivery): string {
  return textHeader(message.headers, names.dlqId) ?? message.properties.messageId ?? '';
}

function describe(id: string, { message }: Delivery, copies: number): DeadLetter {
  const { headers, properties } = message;
  const text = (name: string, fallback = '') => textHeader(headers, name) ?? fallback;
  return {
    id,
    reason: text(names.dlqReason, 'backstop'),
    error: text(names.dlqError, text('x-first-death-reason')),
    attempts: countHeader(headers, names.attempts),
    firstFailureTime: text(names.firstFailureTime),
    time: text(names.dlqTime),
    queue: text(names.dlqQueue, text('x-first-death-queue')),
    consumer: text(names.dlqConsumer),
    eventId: text(names.eventId, properties.messageId),
    type: text(names.type, properties.type),
    correlationId: text(names.correlationId, properties.correlationId),
    copies,
    message,
  };
}

function giveBack(deliveries: readonly Delivery[]): void {
  for (const delivery of deliveries) delivery.reject(true);
}
