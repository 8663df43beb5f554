import { fullJitter, pause } from './backoff.ts';
import { replayCopy, replayIdOf } from './deadLetter.ts';
import { type DeadLetter, letterOf } from './deadLetters/letter.ts';
import { type DeadLetterSelection, Sweep, type SweepOptions, type SweepReport } from './deadLetters/sweep.ts';
import { MessagingError, ValidationError } from './errors.ts';
import { headerNames as names, textHeader } from './headers.ts';
import type { Delivery, Destination, Transport, WireMessage } from './types.ts';

export interface ListedDeadLetter extends DeadLetter {
  /** 1, or more after a crash between the confirmation and the acknowledgement. */
  readonly copies: number;
}

/** Looks without taking: afterwards the messages are where they were, marked as redelivered. */
export async function listDeadLetters(
  transport: Transport,
  queue: string,
  { limit = 1_000, maxSkipped = 100_000, select }: DeadLetterSelection = {},
): Promise<readonly ListedDeadLetter[]> {
  const found = new Map<string, { readonly letter: DeadLetter; copies: number }>();
  const looked: Delivery[] = [];
  let skipped = 0;
  try {
    while (skipped < maxSkipped) {
      const delivery = await transport.fetch(queue);
      if (delivery === undefined) break;
      looked.push(delivery);
      const letter = letterOf(delivery);
      // Without any id there is no telling copies from distinct messages; each counts for itself.
      const id = letter.id || `#${looked.length}`;
      const known = found.get(id);
      if (known !== undefined) known.copies++;
      else if (select !== undefined && !select(letter)) skipped++;
      else if (found.size < limit) found.set(id, { letter, copies: 1 });
      else break;
    }
  } finally {
    for (const delivery of looked) delivery.reject(true);
  }
  return [...found.values()].map(({ letter, copies }) => ({ ...letter, copies }));
}

export interface ReplayOptions extends SweepOptions {
  /** Even where the broker could move all of them by itself: in a queue with letters of several consumers, it would mix them up. */
  readonly oneByOne?: boolean;
  /** Called now and then where the broker moves them by itself, and instead of `onSettled`, with about how many so far. */
  onMoved?(total: number): void;
}

/**
 * Sends them to the queue of the consumer that failed, each with a replay id that reopens its dead-mark, and removes
 * each once the broker has confirmed it. One that dies again meanwhile is left alone. Without `select` and `limit` the
 * broker moves all of them by itself, where it can: faster, but what dies again meanwhile may be moved again.
 * @param signal ends it early; what is under way is settled
 */
export async function replayDeadLetters(
  transport: Transport,
  queue: string,
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<SweepReport> {
  const { select: chosen, limit, oneByOne = false } = options;
  if (chosen === undefined && limit === undefined && !oneByOne) {
    const report = await transport.moveDeadLetters?.(queue, { ...options, signal });
    if (report !== undefined) return { settled: report.moved, skipped: 0, complete: report.complete };
  }
  const given = new Set<string>();
  const hasDiedAgain = ({ message }: DeadLetter) =>
    given.has(textHeader(message.headers, names.replayId) ?? '');
  const select = (letter: DeadLetter) => !hasDiedAgain(letter) && (options.select?.(letter) ?? true);
  const sweep = new Sweep(transport, queue, { ...options, select }, signal, async (letter) => {
    const { replayTo } = letter;
    if (replayTo === undefined)
      throw new ValidationError(`The dead letter ${letter.id} does not say where it failed.`);
    const replayId = replayIdOf(letter.message);
    given.add(replayId);
    await publish(transport, replayTo, replayCopy(letter.message, replayId));
  });
  return sweep.run();
}

const maxPublishMs = 30_000;

/** Rides out a lost connection or a full queue for a while; the same message id and replay id make that harmless. */
async function publish(transport: Transport, to: Destination, copy: WireMessage): Promise<void> {
  const signal = AbortSignal.timeout(maxPublishMs);
  for (let attempt = 1; ; attempt++) {
    try {
      return await transport.publish(to, copy, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof MessagingError && error.retryable)) throw error;
      await pause(fullJitter(attempt, 100, 2_000), signal);
    }
  }
}

/** Removes them for good. */
export async function dropDeadLetters(
  transport: Transport,
  queue: string,
  options: SweepOptions,
  signal: AbortSignal,
): Promise<SweepReport> {
  return new Sweep(transport, queue, options, signal, async () => {}).run();
}
