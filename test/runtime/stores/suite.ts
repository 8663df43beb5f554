import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { IdempotencyStore } from '../../../runtime/core/idempotency/store.ts';

const lease = 60_000;

/** What every idempotency store must do. */
export function storeSuite(name: string, get: () => IdempotencyStore): void {
  const key = () => `k-${randomUUID()}`;
  /** Some leases have to run out for real: short, and waited for by asking. */
  const expired = (ask: () => Promise<boolean>) =>
    expect.poll(ask, { timeout: 5_000, interval: 5 }).toBe(true);

  describe(`${name} store`, () => {
    it('gives a key to one owner, and says how long the others wait', async () => {
      const k = key();
      expect(await get().claim(k, 'a', lease, '')).toEqual({ state: 'claimed' });
      const busy = await get().claim(k, 'b', lease, '');
      expect(busy).toEqual({ state: 'busy', remainingMs: expect.any(Number) });
      const remaining = busy.state === 'busy' ? busy.remainingMs : 0;
      expect(remaining).toBeGreaterThan(lease - 10_000);
      expect(remaining).toBeLessThanOrEqual(lease);
    });

    it('gives a key to exactly one of many that ask at once', async () => {
      const k = key();
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, i) => get().claim(k, `t${i}`, lease, '')),
      );
      expect(results.filter(({ state }) => state === 'claimed')).toHaveLength(1);
    });

    it('gives each of many different keys that are asked for at once its own answer', async () => {
      const keys = Array.from({ length: 600 }, key);
      const held = keys.filter((_, i) => i % 3 > 0);
      await Promise.all(held.map((k) => get().claim(k, 'a', lease, '')));
      const finished = await Promise.all(
        keys.map((k, i) => get().finish(k, i % 3 === 2 ? 'a' : 'b', { state: 'done' }, lease)),
      );
      expect(finished).toEqual(keys.map((_, i) => i % 3 === 2));
      const results = await Promise.all(keys.map((k) => get().claim(k, 'b', lease, '')));
      const states = ['claimed', 'busy', 'done'];
      expect(results.map(({ state }) => state)).toEqual(keys.map((_, i) => states[i % 3]));
    });

    it('takes a repeated step for the same one', async () => {
      const k = key();
      await get().claim(k, 'a', lease, '');
      expect(await get().claim(k, 'a', lease, '')).toEqual({ state: 'claimed' });
      expect(await get().finish(k, 'a', { state: 'done' }, lease)).toBe(true);
      expect(await get().finish(k, 'a', { state: 'done' }, lease)).toBe(true);
      const other = key();
      await get().claim(other, 'a', lease, '');
      expect(await get().release(other, 'a')).toBe(true);
      expect(await get().release(other, 'a')).toBe(true);
    });

    it('remembers done, also against a replay', async () => {
      const k = key();
      await get().claim(k, 'a', lease, '');
      await get().finish(k, 'a', { state: 'done' }, lease);
      expect(await get().claim(k, 'b', lease, '')).toEqual({ state: 'done' });
      expect(await get().claim(k, 'b', lease, 'r1')).toEqual({ state: 'done' });
    });

    it('remembers dead, and lets each replay id in once', async () => {
      const k = key();
      await get().claim(k, 'a', lease, '');
      await get().finish(k, 'a', { state: 'dead', replayId: '' }, lease);
      expect(await get().claim(k, 'b', lease, '')).toEqual({ state: 'dead' });
      expect(await get().claim(k, 'b', lease, 'r1')).toEqual({ state: 'claimed' });
      expect(await get().finish(k, 'b', { state: 'dead', replayId: 'r1' }, lease)).toBe(true);
      expect(await get().claim(k, 'c', lease, 'r1')).toEqual({ state: 'dead' });
      expect(await get().claim(k, 'c', lease, '')).toEqual({ state: 'dead' });
      expect(await get().claim(k, 'c', lease, 'r2')).toEqual({ state: 'claimed' });
    });

    it('lets nobody but the owner renew, finish or release', async () => {
      const k = key();
      await get().claim(k, 'a', lease, '');
      expect(await get().renew(k, 'b', lease)).toBe(false);
      expect(await get().finish(k, 'b', { state: 'done' }, lease)).toBe(false);
      expect(await get().release(k, 'b')).toBe(false);
      expect(await get().renew(k, 'a', lease)).toBe(true);
      expect(await get().release(k, 'a')).toBe(true);
      expect(await get().renew(k, 'a', lease)).toBe(false);
      expect(await get().claim(k, 'b', lease, '')).toEqual({ state: 'claimed' });
    });

    it('gives a key away when its lease has run out, and the former owner learns of it', async () => {
      const k = key();
      await get().claim(k, 'a', 30, '');
      await expired(async () => (await get().claim(k, 'b', lease, '')).state === 'claimed');
      expect(await get().renew(k, 'a', lease)).toBe(false);
      expect(await get().finish(k, 'a', { state: 'done' }, lease)).toBe(false);
      expect(await get().finish(k, 'b', { state: 'done' }, lease)).toBe(true);
    });

    it('keeps a claim that is renewed beyond its first lease', async () => {
      const k = key();
      await get().claim(k, 'a', 200, '');
      expect(await get().renew(k, 'a', lease)).toBe(true);
      const busy = await get().claim(k, 'b', lease, '');
      expect(busy.state === 'busy' && busy.remainingMs).toBeGreaterThan(1_000);
    });

    it('forgets done when its time is over', async () => {
      const k = key();
      await get().claim(k, 'a', lease, '');
      await get().finish(k, 'a', { state: 'done' }, 20);
      await expired(async () => (await get().claim(k, 'b', lease, '')).state === 'claimed');
    });

    it('keeps any key apart from any other', async () => {
      const base = key();
      const keys = ['', ':', ' ', 'ü', '\n', '*', 'x'.repeat(2_000)].map((suffix) => base + suffix);
      for (const k of keys) expect(await get().claim(k, 'a', lease, '')).toEqual({ state: 'claimed' });
    });
  });
}
