import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TransactionControlError } from '../../../runtime/core/errors.ts';
import type { TransactionalStore } from '../../../runtime/core/idempotency/store.ts';

const lease = 60_000;

export interface Inbox {
  readonly store: TransactionalStore;
  /** The statement that writes one effect of that name. */
  effect(name: string): { readonly text: string; readonly values: readonly unknown[] };
  /** How often an effect has been committed. */
  count(name: string): Promise<number>;
}

/** What every store with transactions must do. */
export function inboxSuite(name: string, get: () => Inbox): void {
  async function claimed(leaseMs = lease) {
    const key = `i-${randomUUID()}`;
    await get().store.claim(key, 'a', leaseMs, '');
    return { key, opened: await get().store.begin(key, 'a', leaseMs), effect: get().effect(key) };
  }
  const stateOf = async (key: string) => (await get().store.claim(key, 'other', 1, '')).state;

  describe(`${name} inbox`, () => {
    it('commits the effect together with the done-mark', async () => {
      const { key, opened, effect } = await claimed();
      await opened.transaction.query(effect.text, effect.values);
      expect(await get().count(key)).toBe(0);
      expect(await stateOf(key)).toBe('busy');
      expect(await opened.commit(lease)).toBe(true);
      expect(await get().count(key)).toBe(1);
      expect(await stateOf(key)).toBe('done');
    });

    it('keeps the claim and drops the effect on a rollback', async () => {
      const { key, opened, effect } = await claimed();
      await opened.transaction.query(effect);
      await opened.rollback(new Error('failed'));
      expect(await get().count(key)).toBe(0);
      expect(await stateOf(key)).toBe('busy');
      expect(await get().store.release(key, 'a')).toBe(true);
    });

    it('refuses the commit of an owner that has lost its claim', async () => {
      const { key, opened, effect } = await claimed();
      await opened.transaction.query(effect);
      await get().store.release(key, 'a');
      await get().store.claim(key, 'b', lease, '');
      const second = await get().store.begin(key, 'b', lease);
      await second.transaction.query(effect);
      expect(await second.commit(lease)).toBe(true);
      expect(await opened.commit(lease)).toBe(false);
      expect(await get().count(key)).toBe(1);
      expect(await stateOf(key)).toBe('done');
    });

    it('refuses to be ended by the handler', async () => {
      const { key, opened, effect } = await claimed();
      await opened.transaction.query(effect);
      for (const text of ['COMMIT', '/* so */ rollback', 'END;']) {
        await expect(opened.transaction.query(text)).rejects.toThrow(TransactionControlError);
      }
      await opened.rollback(new Error('failed'));
      expect(await get().count(key)).toBe(0);
    });

    it('takes nothing more once it is over', async () => {
      const { key, opened, effect } = await claimed();
      expect(await opened.commit(lease)).toBe(true);
      await expect(opened.transaction.query(effect)).rejects.toThrow(/is over/);
      const other = await claimed();
      await other.opened.rollback(new Error('the claim is gone'));
      await expect(other.opened.transaction.query(other.effect)).rejects.toThrow('the claim is gone');
      expect(await other.opened.commit(lease)).toBe(false);
      expect(await get().count(key)).toBe(0);
    });

    it('keeps a mark for good when asked to', async () => {
      const { key, opened } = await claimed();
      expect(await opened.commit(Number.POSITIVE_INFINITY)).toBe(true);
      expect(await stateOf(key)).toBe('done');
    });
  });
}
