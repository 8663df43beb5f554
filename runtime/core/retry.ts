import { MessagingError } from './errors.ts';
import type { RetryPolicy, RetryTier } from './types.ts';

/** What to do after a handler has failed for the `attempts`-th time. */
export type RetryDecision =
  | { readonly kind: 'dead-letter'; readonly reason: 'attempts-exhausted' | 'non-retryable' }
  | { readonly kind: 'delay'; readonly tier: RetryTier }
  | { readonly kind: 'in-place'; readonly delayMs: number };

export function decideRetry(
  policy: RetryPolicy,
  attempts: number,
  error: unknown,
  random = Math.random,
): RetryDecision {
  if (isNonRetryable(policy, error)) return { kind: 'dead-letter', reason: 'non-retryable' };
  if (attempts >= policy.maxAttempts) return { kind: 'dead-letter', reason: 'attempts-exhausted' };
  const ceiling = backoffCeiling(policy, attempts);
  const drawn = policy.jitter === 'full' ? random() * ceiling : ceiling;
  const tier = pickTier(policy.tiers, drawn, ceiling);
  return tier === undefined ? { kind: 'in-place', delayMs: drawn } : { kind: 'delay', tier };
}

/** The longest wait before the next attempt, in milliseconds. */
export function backoffCeiling(policy: RetryPolicy, attempts: number): number {
  const growth = { exponential: 2 ** (attempts - 1), linear: attempts, fixed: 1 }[policy.backoff];
  return Math.min(policy.maxDelayMs, policy.baseDelayMs * growth);
}

/**
 * The shortest tier that is at least as long as the drawn delay, without going above the ceiling; the shortest of all
 * when even that is above it. With log-spaced tiers this is full jitter, rounded up to what the queues offer.
 */
export function pickTier(tiers: readonly RetryTier[], drawn: number, ceiling: number): RetryTier | undefined {
  const sorted = [...tiers].sort((a, b) => a.delayMs - b.delayMs);
  const allowed = sorted.filter((tier) => tier.delayMs <= ceiling);
  return allowed.find((tier) => tier.delayMs >= drawn) ?? allowed.at(-1) ?? sorted[0];
}

/** By class name, up the prototype chain, so that naming a base class covers its subclasses. */
function isNonRetryable(policy: RetryPolicy, error: unknown): boolean {
  if (error instanceof MessagingError && !error.retryable) return true;
  const names = policy.nonRetryable ?? [];
  if (error instanceof Error && names.includes(error.name)) return true;
  for (let proto = prototypeOf(error); proto !== null; proto = prototypeOf(proto)) {
    if (names.includes(proto.constructor?.name)) return true;
  }
  return false;
}

function prototypeOf(value: unknown): object | null {
  return typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : null;
}
