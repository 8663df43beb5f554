import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { redisStore } from '../../../runtime/stores/redis.ts';
import { order, recordOf, type Sender } from './orders.ts';
import type { PaymentWorker } from './worker.ts';

/** Below the soft limit of 4 s, so that a slow handler would be cut off; and beyond the hard one of 5 s. */
const LEASES_MS = [3_800, 7_000];

/** Tasks whose keys another consumer holds: the wait is neither a failure of theirs nor the end of their process. */
export async function waitsForKeys(worker: PaymentWorker, sender: Sender, storeUrl: string): Promise<void> {
  const store = redisStore({ url: storeUrl });
  await store.open(AbortSignal.timeout(5_000));
  for (const lease of LEASES_MS) {
    const eventId = randomUUID();
    expect(await store.claim(recordOf(eventId), 'another', lease, '')).toEqual({ state: 'claimed' });
    await sender.producers.checkout.send('order.created', order('slow'), { eventId });
    await worker.calls(eventId);
    await worker.process.waitUntil('marking it done', async () => {
      // For a millisecond, should it be free.
      const { state } = await store.claim(recordOf(eventId), 'probe', 1, '');
      return state === 'done';
    });
    expect((await worker.calls(eventId)).map(({ attempt }) => attempt)).toEqual([1]);
  }
  await store.close();
  expect(worker.process.output).not.toMatch(/Hard time limit|exited with/);
}

/** A handler that heeds no limit: its process is killed, and another has the task. */
export async function outlivesStuckHandler(worker: PaymentWorker, sender: Sender): Promise<void> {
  const eventId = randomUUID();
  await sender.producers.checkout.send('order.created', order('stuck'), { eventId });
  expect((await worker.calls(eventId, 2)).map(({ attempt }) => attempt)).toEqual([1, 1]);
  expect(worker.process.output).toMatch(/Hard time limit/);
}
