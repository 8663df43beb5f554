import { randomUUID } from 'node:crypto';
import { fullJitter, pause } from './backoff.ts';
import type { ProcessContext } from './consumerContext.ts';
import { asReceived, copyDestination, deadLetterCopy, type Handed, retryCopy } from './deadLetter.ts';
import { decode, typeOf } from './envelope.ts';
import { MessagingError, StoreUnavailableError } from './errors.ts';
import { handlerContext } from './handlerContext.ts';
import { countHeader, headerNames, textHeader } from './headers.ts';
import type { Claim } from './idempotency/claim.ts';
import type { Claims } from './idempotency/claims.ts';
import { fieldOf, idempotencyKey } from './idempotency/key.ts';
import { decideRetry } from './retry.ts';
import type { Semaphore } from './semaphore.ts';
import type { DeliveryOutcome, DeliveryTelemetry } from './telemetry/telemetry.ts';
import { readable } from './thrown.ts';
import type { DeadLetterReason, Delivery, Destination, Received, RetryTier, WireMessage } from './types.ts';

/** `settled`: nothing more to do here. `again`: claim once more after the wait. */
type Outcome = { readonly next: 'settled' } | { readonly next: 'again'; readonly waitMs: number };
const settled: Outcome = { next: 'settled' };
const again = (waitMs: number): Outcome => ({ next: 'again', waitMs });

/** How long to go on asking for a key that another consumer holds, at most, before asking again. */
const maxBusyWaitMs = 1_000;
/** How late a held message notices that the broker has taken it back. */
const maxHoldMs = 1_000;
const publishTimeoutMs = 30_000;

/**
 * One delivery from receipt to acknowledgement. The order of the steps is the guarantee:
 * success is effect → done-mark → ack; failure is confirmed copy → claim freed or marked dead → ack.
 */
export class DeliveryProcess {
  readonly #context: ProcessContext;
  readonly #delivery: Delivery;
  readonly #handed: Handed;
  readonly #observed: DeliveryTelemetry;
  #outcome: DeliveryOutcome = 'returned';
  #attempts: number;
  /** Kept while the answer to a claim is unknown. */
  #token: string | undefined;
  /** The handler has returned under a valid claim: whatever else happens, it must not run again here. */
  #effectDone = false;

  constructor(context: ProcessContext, delivery: Delivery) {
    this.#context = context;
    this.#delivery = delivery;
    this.#handed = { message: asReceived(delivery.message), origin: delivery.origin };
    this.#observed = context.telemetry.received();
    this.#attempts = countHeader(this.#handed.message.headers, headerNames.attempts);
  }

  /** Never rejects. */
  async run(): Promise<void> {
    try {
      await this.#route();
    } catch (error) {
      // A defect in this library or in a policy function. The broker's delivery limit bounds the repetition.
      this.#context.log.error(
        { err: error, consumer: this.#context.id },
        'The message could not be processed.',
      );
      await pause(maxBusyWaitMs, this.#context.stopping);
      this.#delivery.reject(true);
    } finally {
      this.#observed.settled(this.#outcome);
    }
  }

  async #route(): Promise<void> {
    const { definition, service, id, lanes } = this.#context;
    if (definition.ignores?.includes(typeOf(this.#handed.message) ?? '')) return this.#acknowledge('ignored');
    let message: Received;
    let key: string;
    try {
      message = decode(this.#handed.message, definition.messages);
      key = idempotencyKey(service, id, message, keyFrom(definition.idempotency));
    } catch (error) {
      if (!(error instanceof MessagingError)) throw error;
      return this.#discardInvalid(error);
    }
    this.#observed.decoded(message);
    const lane = this.#laneOf(message);
    if (lane === undefined) return this.#process(message, key);
    return lanes.run(lane, () => this.#process(message, key));
  }

  #laneOf(message: Received): string | undefined {
    const { ordering = 'none', orderingKey = 'aggregate_id' } = this.#context.definition;
    if (ordering === 'none') return undefined;
    // A message without the key is ordered against its likes, which is the safe reading.
    return ordering === 'total' ? '' : (fieldOf(message, orderingKey) ?? '');
  }

  async #process(message: Received, key: string): Promise<void> {
    const { admission, stopping } = this.#context;
    const isStale = () => this.#delivery.stale;
    do {
      let outcome: Outcome;
      if (stopping.aborted || this.#delivery.stale) return;
      if (!admission.tryAcquire() && !(await acquired(admission, stopping, isStale))) return;
      try {
        // What has waited here may have gone back to the broker meanwhile, and be waiting once more behind this.
        if (this.#delivery.stale || this.#delivery.begin?.() === false) return;
        outcome = await this.#attempt(message, key);
      } finally {
        admission.release();
      }
      if (outcome.next === 'settled') return;
      if (outcome.waitMs > 0) await pause(outcome.waitMs, stopping);
    } while (!this.#delivery.revoked);
  }

  async #attempt(message: Received, key: string): Promise<Outcome> {
    const { claims, held, log, problems, id } = this.#context;
    const replayId = textHeader(message.headers, headerNames.replayId) ?? '';
    let taken: Awaited<ReturnType<Claims['take']>>;
    try {
      this.#token ??= randomUUID();
      taken = await claims.take(key, this.#token, replayId);
    } catch (error) {
      return this.#waitForStore(error);
    }
    // Never used for a second claim: a release of the first that arrives late must not free it.
    this.#token = undefined;
    problems.clear(`${id}.store`);
    if (taken.state === 'busy') return again(busyWait(taken.remainingMs));
    if (taken.state !== 'claimed') {
      log.info(
        { eventId: message.envelope.eventId, consumer: id, state: taken.state },
        'Duplicate suppressed.',
      );
      this.#acknowledge('duplicate');
      return settled;
    }
    const { claim } = taken;
    held.add(claim);
    try {
      return await this.#handleClaimed(message, key, replayId, claim);
    } finally {
      held.delete(claim);
      await claim.end();
    }
  }

  async #handleClaimed(message: Received, key: string, replayId: string, claim: Claim): Promise<Outcome> {
    while (!this.#effectDone) {
      const failure = await this.#runHandler(message, key, claim);
      if (claim.aborted) return again(0);
      if (failure === undefined) {
        this.#effectDone = true;
        break;
      }
      if (failure.error instanceof StoreUnavailableError) return this.#waitForStore(failure.error);
      this.#attempts++;
      const decision = decideRetry(this.#context.definition.retry, this.#attempts, failure.error);
      this.#logFailure(message, failure.error, decision.kind);
      if (decision.kind === 'dead-letter' && this.#context.definition.onFailure === 'stop')
        return this.#hold(failure.error, claim);
      if (decision.kind === 'dead-letter') return this.#bury(failure.error, decision.reason, replayId, claim);
      if (decision.kind === 'delay') return this.#postpone(failure.error, decision.tier, claim);
      await pause(decision.delayMs, AbortSignal.any([claim.signal, this.#context.stopping]));
      if (this.#context.stopping.aborted || this.#takenBack) return settled;
    }
    return this.#settle(await claim.finish({ state: 'done' }), 'handled');
  }

  async #runHandler(message: Received, key: string, claim: Claim): Promise<{ error: unknown } | undefined> {
    const { definition, handlers } = this.#context;
    if (!handlers.tryAcquire() && !(await acquired(handlers, claim.signal)))
      return { error: claim.signal.reason };
    const attempt = this.#attempts + 1;
    const observed = this.#observed.handling(message, attempt);
    let failure: { error: unknown } | undefined;
    try {
      await observed.run(() =>
        claim.run(async (transaction) => {
          const call = { key, attempt, claim, trace: observed.trace, transaction };
          try {
            await definition.handler(message, handlerContext(this.#context, message, call));
          } catch (thrown) {
            throw readable(thrown);
          }
        }),
      );
    } catch (error) {
      failure = { error };
    } finally {
      handlers.release();
    }
    observed.ended(failure);
    return failure;
  }

  /** Neither the message's fault nor the handler's: it is no attempt. */
  #waitForStore(error: unknown): Outcome {
    const { problems, id } = this.#context;
    problems.raise(`${id}.store`, `The idempotency store refuses claims; ${id} waits.`, error);
    return again(fullJitter(1, 2_000, 2_000));
  }

  /** Keeps the lane, so that nothing overtakes. Only another start, or another process, tries again. */
  async #hold(error: unknown, claim: Claim): Promise<Outcome> {
    const { problems, id, stopping } = this.#context;
    problems.raise(
      `${id}.stopped`,
      `${id} has given up on a message and holds what comes after it. Correct the cause and start the service again.`,
      error,
    );
    const ended = AbortSignal.any([claim.signal, stopping]);
    while (!ended.aborted && !this.#takenBack) await pause(maxHoldMs, ended);
    return stopping.aborted || this.#takenBack ? settled : again(0);
  }

  get #takenBack(): boolean {
    return this.#delivery.stale || this.#delivery.revoked === true;
  }

  async #postpone(error: unknown, tier: RetryTier, claim: Claim): Promise<Outcome> {
    const copy = retryCopy(this.#handed, this.#failure(error), tier);
    if (await this.#publish(tier, copy, claim.signal)) return this.#settle(await claim.release(), 'retried');
    return claim.aborted ? again(0) : settled;
  }

  async #bury(error: unknown, reason: DeadLetterReason, replayId: string, claim: Claim): Promise<Outcome> {
    const copy = deadLetterCopy(this.#handed, this.#failure(error), reason);
    if (await this.#publish(this.#context.definition.deadLetter, copy, claim.signal)) {
      this.#observed.deadLettered(reason);
      return this.#settle(await claim.finish({ state: 'dead', replayId }), 'dead-lettered');
    }
    return claim.aborted ? again(0) : settled;
  }

  /** What cannot be read has no key to claim: it goes to the dead-letter queue, and only then is acknowledged. */
  async #discardInvalid(error: MessagingError): Promise<void> {
    if (this.#delivery.begin?.() === false) return;
    this.#attempts++;
    this.#logFailure(undefined, error, 'dead-letter');
    const copy = deadLetterCopy(this.#handed, this.#failure(error), 'invalid');
    if (await this.#publish(this.#context.definition.deadLetter, copy, this.#context.graceOver)) {
      this.#observed.deadLettered('invalid');
      this.#acknowledge('dead-lettered');
    }
  }

  #settle(claimKept: boolean, outcome: DeliveryOutcome): Outcome {
    if (!claimKept) return again(0);
    this.#acknowledge(outcome);
    return settled;
  }

  #acknowledge(outcome: DeliveryOutcome): void {
    this.#outcome = outcome;
    this.#delivery.ack();
  }

  /** Tries until the broker has confirmed. False: the signal or the delivery ended first, and nothing is settled. */
  async #publish(channel: Destination, copy: WireMessage, signal: AbortSignal): Promise<boolean> {
    const { transport, problems, telemetry, id } = this.#context;
    const to = copyDestination(channel, this.#handed);
    for (let tries = 1; !signal.aborted && !this.#delivery.stale; tries++) {
      try {
        await transport.publish(to, copy, AbortSignal.any([signal, AbortSignal.timeout(publishTimeoutMs)]));
        problems.clear(`${id}.copy`);
        return true;
      } catch (error) {
        if (signal.aborted) break;
        telemetry.copyFailed();
        problems.raise(
          `${id}.copy`,
          `${id} cannot publish a retry or dead-letter copy; it keeps the original.`,
          error,
        );
        await pause(fullJitter(tries, 200, 5_000), signal);
      }
    }
    // This one is in other hands now. Others that are still trying raise the problem again.
    problems.clear(`${id}.copy`);
    return false;
  }

  #failure(error: unknown) {
    const { service, id, definition } = this.#context;
    const replayTo = 'queue' in definition ? { queue: definition.queue } : { topic: definition.retryTopic };
    return { service, consumer: id, attempts: this.#attempts, error, replayTo };
  }

  #logFailure(message: Received | undefined, error: unknown, next: string): void {
    const { log, id } = this.#context;
    const envelope = message?.envelope;
    log.warn(
      {
        consumer: id,
        eventId: envelope?.eventId,
        correlationId: envelope?.correlationId,
        attempts: this.#attempts,
        next,
        err: error,
      },
      'The message could not be handled.',
    );
  }
}

function keyFrom(policy: ProcessContext['definition']['idempotency']): readonly string[] | undefined {
  // Without a policy nothing is remembered, and a message needs no key of its own.
  return policy === false ? ['type'] : policy.keyFrom;
}

function busyWait(remainingMs: number): number {
  return Math.min(Math.max(remainingMs, 20), maxBusyWaitMs) * (0.5 + Math.random() / 2);
}

async function acquired(semaphore: Semaphore, signal: AbortSignal, isGone?: () => boolean): Promise<boolean> {
  return semaphore.acquire(signal, isGone).then(
    () => true,
    () => false,
  );
}
