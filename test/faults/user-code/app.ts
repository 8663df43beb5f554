import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { digest, type Expectation, HistoryWriter } from './history.ts';
import type { Context } from './types.ts';

/*
 * Takes the place of `services/order/src/app.ts`, which belongs to the user: sends COUNT orders and writes down what
 * it sent and what became of each send. Every hundredth order is one that payment can never take.
 */

const number = (name: string): number => Number(process.env[name]);

export async function run({ producers, log }: Context): Promise<void> {
  const history = new HistoryWriter(process.env['HISTORY'] ?? '');
  const sends: Promise<void>[] = [];
  for (let n = 1; n <= number('COUNT'); n++) {
    const poison = n % number('POISON_EVERY') === 0;
    const order = {
      orderId: `o-${n}`,
      customerId: poison ? 'poison' : `c-${n % 97}`,
      totalCents: n,
      currency: 'EUR',
    };
    const id = randomUUID();
    const headers = { tenant: `t-${n % 7}` };
    const payment: Expectation = poison ? { reason: 'attempts-exhausted', attempts: 5 } : 'effect';
    const expect = { 'take-payment': payment, 'send-email': 'effect' as const };
    history.append({ type: 'send', id, expect, body: digest(JSON.stringify(order)), headers });
    sends.push(
      producers.checkout.send('order.created', order, { eventId: id, headers }).then(
        () => history.append({ type: 'confirm', id }),
        (error: Error) => history.append({ type: 'reject', id, reason: error.message }),
      ),
    );
    // A pace that keeps the consumers at work for as long as the faults go on.
    if (n % number('BATCH') === 0) await pause(number('PAUSE_MS'));
  }
  await Promise.all(sends);
  log.info({}, 'all sends are settled');
}
