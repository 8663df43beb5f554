import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClaimLostError } from '../../../../runtime/core/errors.ts';
import type { Claim } from '../../../../runtime/core/idempotency/claim.ts';
import { StoreClaims } from '../../../../runtime/core/idempotency/claims.ts';
import type { IdempotencyStore } from '../../../../runtime/core/idempotency/store.ts';
import { memoryStore } from '../../../../runtime/stores/memory.ts';

const times = { leaseMs: 3_000, doneTtlMs: 60_000, deadTtlMs: 60_000 };

/** The memory store, with a switch that makes every call fail like a lost connection, and a count of the calls. */
class FlakyStore {
  readonly inner = memoryStore();
  readonly calls: string[] = [];
  away = false;
  /** The next call takes effect, but its answer is lost. */
  loseNextAnswer = false;
  /** Milliseconds that every answer takes. */
  answerMs = 0;

  readonly store: IdempotencyStore = new Proxy(this.inner, {
    get:
      (target, name: 'claim' | 'renew' | 'finish' | 'release') =>
      async (...args: never[]) => {
        this.calls.push(name);
        if (this.away) throw new Error('away');
        const answer = await (target[name] as (...args: never[]) => Promise<unknown>).apply(target, args);
        if (this.answerMs > 0) await new Promise((resolve) => setTimeout(resolve, this.answerMs));
        if (!this.loseNextAnswer) return answer;
        this.loseNextAnswer = false;
        throw new Error('answer lost');
      },
  });
}

let flaky: FlakyStore;
beforeEach(() => {
  vi.useFakeTimers();
  flaky = new FlakyStore();
});
afterEach(() => {
  vi.useRealTimers();
});

async function take(): Promise<Claim> {
  const taken = await new StoreClaims(flaky.store, times).take('k', 'mine', '');
  if (taken.state !== 'claimed') throw new Error(`expected a claim, got ${taken.state}`);
  return taken.claim;
}

const stateSeenByOthers = async () => (await flaky.inner.claim('k', 'other', 1, '')).state;

describe('a claim', () => {
  it('is renewed every third of its lease for as long as the work lasts', async () => {
    const claim = await take();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(flaky.calls.filter((name) => name === 'renew')).toHaveLength(10);
    expect(claim.signal.aborted).toBe(false);
    expect(await stateSeenByOthers()).toBe('busy');
    expect(await claim.finish({ state: 'done' })).toBe(true);
    expect(await stateSeenByOthers()).toBe('done');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(flaky.calls.filter((name) => name === 'renew')).toHaveLength(10);
  });

  it('is taken again when the store has answered so late that little of the lease is left', async () => {
    flaky.answerMs = times.leaseMs;
    const taken = take();
    await vi.advanceTimersByTimeAsync(times.leaseMs - 1);
    flaky.answerMs = 0;
    await vi.advanceTimersByTimeAsync(1);
    const claim = await taken;
    expect(flaky.calls).toEqual(['claim', 'claim']);
    await vi.advanceTimersByTimeAsync(times.leaseMs / 3 - 1);
    expect(claim.aborted).toBe(false);
    expect(flaky.calls).toEqual(['claim', 'claim']);
    expect(await claim.finish({ state: 'done' })).toBe(true);
  });

  it('aborts when the store says that it is gone, and forbids everything after', async () => {
    const claim = await take();
    await flaky.inner.release('k', 'mine');
    await flaky.inner.claim('k', 'other', 60_000, '');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(claim.signal.reason).toBeInstanceOf(ClaimLostError);
    expect(await claim.finish({ state: 'done' })).toBe(false);
    expect(await claim.release()).toBe(false);
    expect(await flaky.inner.renew('k', 'other', 60_000)).toBe(true);
  });

  it('outlives a store that is away for less than the lease', async () => {
    const claim = await take();
    flaky.away = true;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(claim.signal.aborted).toBe(false);
    flaky.away = false;
    await vi.advanceTimersByTimeAsync(500);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(claim.signal.aborted).toBe(false);
  });

  it('counts as lost once its lease has run out unrenewed, though nobody said so', async () => {
    const claim = await take();
    flaky.away = true;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(claim.signal.reason).toBeInstanceOf(ClaimLostError);
  });

  it('counts its lease from the question', async () => {
    flaky.answerMs = 1_400;
    const taking = take();
    await vi.advanceTimersByTimeAsync(1_400);
    const claim = await taking;
    flaky.away = true;
    await vi.advanceTimersByTimeAsync(1_600);
    expect(claim.aborted).toBe(true);
    expect(claim.signal.reason).toBeInstanceOf(ClaimLostError);
  });

  it('finishes once the store is back, if that is within the lease', async () => {
    const claim = await take();
    flaky.away = true;
    const finishing = claim.finish({ state: 'done' });
    await vi.advanceTimersByTimeAsync(1_500);
    flaky.away = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await finishing).toBe(true);
    expect(await stateSeenByOthers()).toBe('done');
  });

  it('finishes when the store had done so and only the answer was lost', async () => {
    const claim = await take();
    flaky.loseNextAnswer = true;
    const finishing = claim.finish({ state: 'dead', replayId: 'r' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await finishing).toBe(true);
    expect(await stateSeenByOthers()).toBe('dead');
  });

  it('does not finish when the store stays away beyond the lease', async () => {
    const claim = await take();
    flaky.away = true;
    const finishing = claim.finish({ state: 'done' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await finishing).toBe(false);
  });

  it('is freed at its end if it was not settled, and only then', async () => {
    const abandoned = await take();
    abandoned.abort(new Error('stopping'));
    await abandoned.end();
    expect(await stateSeenByOthers()).toBe('claimed');
    await vi.advanceTimersByTimeAsync(10);
    const settled = await take();
    await settled.finish({ state: 'done' });
    flaky.calls.length = 0;
    await settled.end();
    expect(flaky.calls).toEqual([]);
  });
});
