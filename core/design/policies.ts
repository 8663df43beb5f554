import type { DeadLetterShape, IdempotencyShape, RetryShape } from '../kinds/shared.ts';
import { formatDuration, parseDuration } from '../units.ts';
import type { Consumer, Design, Queue } from './design.ts';

/** A retry policy with every default filled in. Times in ms. */
export interface EffectiveRetry {
  /** Handler failures before the message is dead-lettered; `Infinity` for a policy without end, 1 for `none`. */
  readonly maxAttempts: number;
  readonly backoff: 'exponential' | 'linear' | 'fixed';
  readonly baseDelay: number;
  readonly maxDelay: number;
  readonly jitter: 'full' | 'none';
  readonly nonRetryable: readonly string[];
}

const STANDARD: EffectiveRetry = {
  maxAttempts: 5,
  backoff: 'exponential',
  baseDelay: 1000,
  maxDelay: 600_000,
  jitter: 'full',
  nonRetryable: ['ValidationError'],
};
const NONE: EffectiveRetry = { ...STANDARD, maxAttempts: 1 };

/**
 * The policy that a `retry` attribute stands for: a built-in name, the id of a policy, or the policy itself.
 * `undefined` when the attribute is missing or names a policy that does not exist.
 */
export function retryOf(design: Design, value: Queue['retry']): EffectiveRetry | undefined {
  if (value === undefined) return undefined;
  if (value === 'standard') return STANDARD;
  if (value === 'none') return NONE;
  const shape = (typeof value === 'string' ? design.retryPolicies.get(value) : value) as
    | RetryShape
    | undefined;
  if (!shape) return undefined;
  const attempts = shape.maxAttempts ?? STANDARD.maxAttempts;
  return {
    maxAttempts: attempts < 0 ? Number.POSITIVE_INFINITY : attempts,
    backoff: shape.backoff ?? STANDARD.backoff,
    baseDelay: parseDuration(shape.baseDelay ?? '') ?? STANDARD.baseDelay,
    maxDelay: parseDuration(shape.maxDelay ?? '') ?? STANDARD.maxDelay,
    jitter: shape.jitter ?? STANDARD.jitter,
    nonRetryable: shape.nonRetryable ?? STANDARD.nonRetryable,
  };
}

/** Delay before retry `n` (from 1), before jitter, in ms. */
export function delayOf(retry: EffectiveRetry, n: number): number {
  const grown =
    retry.backoff === 'exponential'
      ? retry.baseDelay * 2 ** (n - 1)
      : retry.backoff === 'linear'
        ? retry.baseDelay * n
        : retry.baseDelay;
  return Math.min(retry.maxDelay, grown);
}

/** Time in ms from the first failure to the last attempt, without jitter; `Infinity` for a policy without end. */
export function retryWindow(retry: EffectiveRetry): number {
  if (!Number.isFinite(retry.maxAttempts)) return Number.POSITIVE_INFINITY;
  let window = 0;
  for (let n = 1; n < retry.maxAttempts; n++) window += delayOf(retry, n);
  return window;
}

/**
 * The distinct delays of a policy in ms, ascending; each becomes one delay queue, since RabbitMQ expires messages only
 * at the head of a queue and delays of different length must not share one. https://www.rabbitmq.com/docs/ttl
 */
export function retryTiers(retry: EffectiveRetry): readonly number[] {
  let tiers = known.get(retry);
  if (!tiers) {
    tiers = tiersOf(retry);
    known.set(retry, tiers);
  }
  return tiers;
}

/** By policy: most queues of a design have the same. */
const known = new WeakMap<EffectiveRetry, readonly number[]>();

function tiersOf(retry: EffectiveRetry): readonly number[] {
  const tiers = new Set<number>();
  // A policy without end reaches its cap; 64 doublings exceed every cap that a duration can express.
  for (let n = 1; n < Math.min(retry.maxAttempts, 64); n++) tiers.add(delayOf(retry, n));
  return [...tiers].sort((a, b) => a - b);
}

/** Name of the delay queue of one tier, such as `payments.retry.4s`. */
export const retryQueueId = (queue: string, delay: number): string => tierId(queue, formatDuration(delay));

/** The same for a delay that is written out already. */
export const tierId = (queue: string, delay: string): string => `${queue}.retry.${delay}`;

/** A retry policy as written, built-in names and references resolved as far as they carry attributes. */
const retryShapeOf = (design: Design, value: Queue['retry']): RetryShape | undefined =>
  typeof value === 'string' ? (design.retryPolicies.get(value) as RetryShape | undefined) : value;

/** Whether a policy asks that the worker waits and tries again itself. */
export const isRepeatedInPlace = (design: Design, value: Queue['retry']): boolean =>
  retryShapeOf(design, value)?.mode === 'in-process';

/**
 * Where a consumer of a log keeps a failed record: in its own retry channel, or, where a flow relies on the order
 * (`isOrdered`), in the worker, since a record that leaves the log is overtaken. `undefined` when it makes one attempt or none is stated.
 */
export function logRetryModeOf(
  design: Design,
  { retry }: Consumer,
  isOrdered: boolean,
): 'in-process' | 'retry-topic' | undefined {
  const policy = retryOf(design, retry);
  if (!policy || policy.maxAttempts === 1) return undefined;
  const mode = retryShapeOf(design, retry)?.mode;
  if (mode === 'in-process' || mode === 'retry-topic') return mode;
  return isOrdered ? 'in-process' : 'retry-topic';
}

/** Channel of a log consumer for its own retries and replays; it begins with the service, like the consumer's group. */
export const retryChannelId = (id: string, { service = id }: Consumer): string => `${service}.${id}.retry`;

/** Where dead letters of a channel go, as its `deadLetter` attribute says. */
export interface DeadLetter {
  /** Id of the queue or stream that receives them; `undefined` when only an exchange is named. */
  readonly target: string | undefined;
  /** Dead-letter exchange; `undefined` for the default exchange, which routes by queue name. */
  readonly exchange: string | undefined;
  readonly routingKey: string | undefined;
  /** Whether the target is implied by the shorthand rather than named. */
  readonly implied: boolean;
  readonly shape: DeadLetterShape;
}

/** What a `deadLetter` attribute of the channel or consumer `owner` stands for; `undefined` when there is none. */
export function deadLetterOf(owner: string, value: Queue['deadLetter']): DeadLetter | undefined {
  if (value === undefined || value === false) return undefined;
  const shape: DeadLetterShape = typeof value === 'string' ? { target: value } : value === true ? {} : value;
  const implied = shape.target === undefined && shape.exchange === undefined;
  return {
    target: implied ? `${owner}.dlq` : shape.target,
    exchange: shape.exchange,
    routingKey: shape.routingKey,
    implied,
    shape,
  };
}

/** An idempotency policy as written, built-in names and references resolved; `undefined` when the consumer has none. */
export function idempotencyOf(design: Design, value: Consumer['idempotency']): IdempotencyShape | undefined {
  if (value === 'standard') return { strategy: 'key-store', store: { kind: 'redis' }, claim: 'two-phase' };
  if (value === 'none') return { strategy: 'none' };
  return typeof value === 'string'
    ? (design.idempotencyPolicies.get(value) as IdempotencyShape | undefined)
    : value;
}
