import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lease, LeaseStore } from '../../../runtime/core/partitions/leases.ts';
import { MemoryLog } from '../support/scenario.ts';

const LONG = 60_000;

/** What every store of leases must do. */
export function leasesSuite(name: string, open: () => Promise<LeaseStore>): void {
  describe(`leases in ${name}`, () => {
    let store: LeaseStore;
    beforeAll(async () => {
      store = await open();
      await store.open(AbortSignal.timeout(30_000), new MemoryLog());
    });
    afterAll(() => store?.close());

    const group = () => `g-${randomUUID()}`;
    const take = async (g: string, member: string, shard: string, leaseMs = LONG): Promise<Lease> => {
      const lease = await store.take(g, member, shard, leaseMs);
      if (lease === undefined) throw new Error(`${member} did not get ${shard}`);
      return lease;
    };

    it('gives a shard to one member, whoever asks at once', async () => {
      const g = group();
      const asked = ['a', 'b', 'c', 'd'].map((member) => store.take(g, member, 's/1', LONG));
      const taken = (await Promise.all(asked)).filter((lease) => lease !== undefined);
      expect(taken).toEqual([{ shard: 's/1', owner: expect.any(String), epoch: 1 }]);
      const { leases } = await store.beat(g, 'e', [], LONG);
      expect(leases).toEqual(taken);
    });

    it('knows its members until they have not been heard of for the time of a lease, or leave', async () => {
      const g = group();
      await store.beat(g, 'gone', [], 1);
      await store.beat(g, 'leaving', [], LONG);
      expect((await store.beat(g, 'here', [], LONG)).members).toContain('leaving');
      await store.leave(g, 'leaving');
      await expect.poll(async () => (await store.beat(g, 'here', [], LONG)).members).toEqual(['here']);
    });

    it('keeps checkpoints, for the next owner too', async () => {
      const g = group();
      const mine = await take(g, 'a', 's/1');
      expect(await store.save(g, 'a', [{ ...mine, checkpoint: '41' }])).toEqual([true]);
      expect(await store.save(g, 'a', [{ ...mine, checkpoint: '42' }])).toEqual([true]);
      await store.release(g, 'a', [mine]);
      expect(await take(g, 'b', 's/1')).toEqual({ shard: 's/1', owner: 'b', epoch: 2, checkpoint: '42' });
    });

    it('refuses what comes under a lease that another member has by now', async () => {
      const g = group();
      const old = await take(g, 'a', 's/1', 1);
      await expect.poll(async () => (await store.beat(g, 'b', [], LONG)).leases[0]?.owner).toBe(undefined);
      const current = await take(g, 'b', 's/1');
      expect(current.epoch).toBe(old.epoch + 1);
      await store.save(g, 'b', [{ ...current, checkpoint: '7' }]);
      expect(await store.save(g, 'a', [{ ...old, checkpoint: '9' }])).toEqual([false]);
      await store.release(g, 'a', [old]);
      const { leases } = await store.beat(g, 'a', [old], LONG);
      expect(leases).toEqual([{ ...current, checkpoint: '7' }]);
    });

    it('refuses a checkpoint of an earlier time of the same member', async () => {
      const g = group();
      const first = await take(g, 'a', 's/1');
      await store.release(g, 'a', [first]);
      expect(await store.save(g, 'a', [{ ...first, checkpoint: '1' }])).toEqual([false]);
      const second = await take(g, 'a', 's/1');
      expect(await store.save(g, 'a', [{ ...first, checkpoint: '2' }])).toEqual([false]);
      expect(await store.save(g, 'a', [{ ...second, checkpoint: '3' }])).toEqual([true]);
      const { leases } = await store.beat(g, 'a', [second], LONG);
      expect(leases[0]?.checkpoint).toBe('3');
    });

    it('renews by each beat, and only what is named', async () => {
      const g = group();
      const kept = await take(g, 'a', 's/kept', 1);
      await take(g, 'a', 's/dropped', 1);
      const owners = async () => {
        const { leases } = await store.beat(g, 'a', [kept], LONG);
        return Object.fromEntries(leases.map(({ shard, owner }) => [shard, owner]));
      };
      await expect.poll(owners).toEqual({ 's/kept': 'a', 's/dropped': undefined });
      expect(await store.take(g, 'b', 's/kept', LONG)).toBe(undefined);
    });

    it('remembers where a group begins by the first word', async () => {
      const g = group();
      expect(await store.startOf(g, 's', '2026-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z');
      expect(await store.startOf(g, 's', 'earliest')).toBe('2026-01-01T00:00:00.000Z');
      expect(await store.startOf(g, 'other', 'earliest')).toBe('earliest');
    });

    it('forgets shards that are no more, and keeps groups apart', async () => {
      const [g, other] = [group(), group()];
      await take(g, 'a', 's/1');
      await take(g, 'a', 's/2');
      await take(other, 'a', 's/1');
      await store.forget(g, ['s/1']);
      expect((await store.beat(g, 'a', [], LONG)).leases.map(({ shard }) => shard)).toEqual(['s/2']);
      expect((await store.beat(other, 'a', [], LONG)).leases.map(({ shard }) => shard)).toEqual(['s/1']);
    });
  });
}
