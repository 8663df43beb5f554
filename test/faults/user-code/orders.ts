import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { digest, type Expectation, HistoryWriter } from './history.ts';
import type { Context } from './types.ts';

/*
 * Takes the place of `services/order/src/app.ts`, which belongs to the user: sends COUNT orders to the work queues and
 * to the log, and writes down what became of each. Every hundredth order is one that payment can never take. How many
 * may be sent by now stands in the file RELEASED, so that there is traffic for every fault, however slow the machine is.
 */

const number = (name: string): number => Number(process.env[name]);
const released = (): number => Number(readFileSync(process.env['RELEASED'] ?? '', 'utf8'));

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
    const body = digest(JSON.stringify(order));
    const headers = { tenant: `t-${n % 7}` };
    const send = (
      producer: typeof producers.checkout | typeof producers.orderLog,
      expect: Record<string, Expectation>,
    ): void => {
      const id = randomUUID();
      history.append({ type: 'send', id, expect, body, headers });
      sends.push(
        producer.send('order.created', order, { eventId: id, headers }).then(
          () => history.append({ type: 'confirm', id }),
          (error: Error) => history.append({ type: 'reject', id, reason: error.message }),
        ),
      );
    };
    const payment: Expectation = poison ? { reason: 'attempts-exhausted', attempts: 5 } : 'effect';
    send(producers.checkout, { 'take-payment': payment, 'send-email': 'effect' });
    send(producers.orderLog, { 'count-orders': 'effect', 'reserve-stock': 'effect' });
    if (n % number('BATCH') !== 0) continue;
    do await pause(number('PAUSE_MS'));
    while (n >= released() && n < number('COUNT'));
  }
  await Promise.all(sends);
  log.info({}, 'all sends are settled');
}
