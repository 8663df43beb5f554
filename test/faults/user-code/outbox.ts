import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { digest, HistoryWriter } from './history.ts';
import type { Context } from './types.ts';

/*
 * Takes the place of `services/order/src/app.ts`, which belongs to the user: writes COUNT orders to the outbox, each in
 * a transaction of its own, and more until UNTIL is there. Every 50th transaction stays open for a while after its
 * message is written, so that younger ones commit before it. A send is confirmed when its transaction has committed.
 */

const number = (name: string): number => Number(process.env[name]);
const LATE_EVERY = 50;
const LATE_MS = 500;

export async function run({ producers: { checkout }, log, signal }: Context): Promise<void> {
  const history = new HistoryWriter(process.env['HISTORY'] ?? '');
  const goesOn = (n: number): boolean => n <= number('COUNT') || !existsSync(process.env['UNTIL'] ?? '');
  const sends: Promise<void>[] = [];
  for (let n = 1; goesOn(n) && !signal.aborted; n++) {
    const id = randomUUID();
    const order = { orderId: `o-${n}`, customerId: `c-${n % 97}`, totalCents: n, currency: 'EUR' };
    const headers = { tenant: `t-${n % 7}` };
    const expect = { 'take-payment': 'effect', 'send-email': 'effect' } as const;
    history.append({ type: 'send', id, expect, body: digest(JSON.stringify(order)), headers });
    const written = checkout.transact(async (transaction) => {
      await checkout.send('order.created', order, { eventId: id, headers, transaction });
      if (n % LATE_EVERY === 0) await pause(LATE_MS);
    });
    sends.push(
      written.then(
        () => history.append({ type: 'confirm', id }),
        (error: Error) => history.append({ type: 'reject', id, reason: error.message }),
      ),
    );
    if (n % number('BATCH') === 0) await pause(number('PAUSE_MS'));
  }
  await Promise.all(sends);
  log.info({}, 'all sends are settled');
}
