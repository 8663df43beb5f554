import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NonRetryableError, ValidationError } from '../../../runtime/core/errors.ts';
import { backoffCeiling, decideRetry, pickTier } from '../../../runtime/core/retry.ts';
import type { RetryPolicy } from '../../../runtime/core/types.ts';

const tiers = [1_000, 10_000, 60_000].map((delayMs) => ({ delayMs, queue: `q.retry.${delayMs}` }));
const policy: RetryPolicy = {
  maxAttempts: 5,
  backoff: 'exponential',
  baseDelayMs: 1_000,
  maxDelayMs: 60_000,
  jitter: 'full',
  tiers,
};

describe('the back-off ceiling', () => {
  it.each([
    ['exponential', [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    ['linear', [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000]],
    ['fixed', [1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]],
  ] as const)('of %s growth', (backoff, expected) => {
    const ceilings = expected.map((_, i) => backoffCeiling({ ...policy, backoff }, i + 1));
    expect(ceilings).toEqual(expected);
  });
});

describe('picking a tier', () => {
  it.each([
    [0, 60_000, 1_000],
    [1_000, 60_000, 1_000],
    [1_001, 60_000, 10_000],
    [59_000, 60_000, 60_000],
    [9_000, 16_000, 10_000],
    [15_000, 16_000, 10_000],
    [100, 500, 1_000],
  ])('a draw of %i under %i waits %i ms', (drawn, ceiling, expected) => {
    expect(pickTier(tiers, drawn, ceiling)?.delayMs).toBe(expected);
  });

  it('gives nothing where there are no delay queues', () => {
    expect(pickTier([], 5, 10)).toBeUndefined();
  });

  it('never waits longer than the ceiling unless every tier is longer', () => {
    const delays = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        delays,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 2_000_000 }),
        (all, r, ceiling) => {
          const offered = all.map((delayMs) => ({ delayMs, queue: String(delayMs) }));
          const picked = pickTier(offered, r * ceiling, ceiling);
          const shortest = Math.min(...all);
          expect(picked?.delayMs).toBeLessThanOrEqual(Math.max(ceiling, shortest));
        },
      ),
    );
  });
});

describe('deciding', () => {
  it('dead-letters the last allowed failure, and delays the ones before', () => {
    const decide = (attempts: number) => decideRetry(policy, attempts, new Error('x'), () => 0.5);
    expect(decide(1)).toEqual({ kind: 'delay', tier: tiers[0] });
    expect(decide(4)).toEqual({ kind: 'delay', tier: tiers[0] });
    expect(decide(5)).toEqual({ kind: 'dead-letter', reason: 'attempts-exhausted' });
    expect(decideRetry({ ...policy, maxAttempts: 1 }, 1, new Error('x'))).toMatchObject({
      kind: 'dead-letter',
    });
  });

  it('spreads the same attempt over the tiers', () => {
    const drawn = [0, 0.3, 0.99].map((r) =>
      decideRetry({ ...policy, maxAttempts: 9 }, 8, new Error('x'), () => r),
    );
    expect(drawn.map((decision) => decision.kind === 'delay' && decision.tier.delayMs)).toEqual([
      1_000, 60_000, 60_000,
    ]);
  });

  it('waits the ceiling itself without jitter, in place without tiers', () => {
    const inPlace: RetryPolicy = { ...policy, jitter: 'none', tiers: [] };
    expect(decideRetry(inPlace, 3, new Error('x'))).toEqual({ kind: 'in-place', delayMs: 4_000 });
  });

  class CardDeclined extends Error {}
  class CardStolen extends CardDeclined {}
  class Renamed extends Error {
    override name = 'Custom';
  }
  it.each([
    ['a named class', new CardDeclined('x'), ['CardDeclined']],
    ['its subclass', new CardStolen('x'), ['CardDeclined']],
    ['a name the error gives itself', new Renamed('x'), ['Custom']],
    ['NonRetryableError', new NonRetryableError('x'), []],
    ['an invalid message', new ValidationError('x'), []],
  ])('does not retry %s', (_, error, nonRetryable) => {
    expect(decideRetry({ ...policy, nonRetryable }, 1, error)).toEqual({
      kind: 'dead-letter',
      reason: 'non-retryable',
    });
  });

  it.each([new Error('x'), 'a string', undefined, null, 7])('retries %s', (error) => {
    expect(decideRetry({ ...policy, nonRetryable: ['CardDeclined'] }, 1, error).kind).toBe('delay');
  });
});
