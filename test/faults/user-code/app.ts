import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { digest, type Expectation, HistoryWriter, readHistory } from './history.ts';
import type { Context } from './types.ts';

/*
 * Takes the place of `services/order/src/app.ts`, which belongs to the user: sends COUNT orders and writes down what
 * it sent and what became of each send; with UNTIL it goes on until that file is there. Every POISON_EVERY-th order is one that payment can never take. Started again,
 * it sends what was not confirmed once more, under the same event ids.
 */

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** The id that the nth order has in every life of this process. */
function eventId(n: number): string {
  const hex = createHash('sha256').update(`${process.env['HISTORY']} ${n}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Effects that the history holds or that will not come, counted from where the last count ended. */
class Effects {
  readonly #fd: number;
  readonly #piece = Buffer.alloc(1 << 20);
  #count = 0;

  constructor(file: string) {
    this.#fd = openSync(file, 'r');
  }

  count(): number {
    // A mark that lies across two pieces is missed, which does no harm here.
    for (let read = this.#read(); read > 0; read = this.#read()) {
      const text = this.#piece.toString('latin1', 0, read);
      // A rejected order is waited for by neither consumer.
      this.#count +=
        text.split('"type":"effect"').length - 1 + 2 * (text.split('"type":"reject"').length - 1);
    }
    return this.#count;
  }

  #read(): number {
    return readSync(this.#fd, this.#piece);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

export async function run({ producers, log, signal }: Context): Promise<void> {
  const file = process.env['HISTORY'] ?? '';
  const history = new HistoryWriter(file);
  const known = new Set<string>();
  const confirmed = new Set<string>();
  for (const event of readHistory(file)) {
    if (event.type === 'send') known.add(event.id);
    if (event.type === 'confirm') confirmed.add(event.id);
  }
  const sends: Promise<void>[] = [];
  const until = process.env['UNTIL'];
  const goesOn = (n: number): boolean =>
    n <= Math.max(number('COUNT', 1), known.size) || (until !== undefined && !existsSync(until));
  const effects = new Effects(file);
  for (let n = 1; goesOn(n) && !signal.aborted; n++) {
    // Enough is waiting to keep the consumers at work; both of them have an effect for each order.
    while (n > number('COUNT', 1) && goesOn(n) && 2 * n - effects.count() > number('BACKLOG', 3_000))
      await pause(200);

    const id = eventId(n);
    if (confirmed.has(id)) continue;
    const poison = n % number('POISON_EVERY', 100) === 0;
    const order = {
      orderId: `o-${n}`,
      customerId: poison ? 'poison' : `c-${n % 97}`,
      totalCents: n,
      currency: 'EUR',
    };
    const headers = { tenant: `t-${n % 7}` };
    const attempts = number('POISON_ATTEMPTS', 5);
    const payment: Expectation = poison ? { reason: 'attempts-exhausted', attempts } : 'effect';
    const expect = { 'take-payment': payment, 'send-email': 'effect' as const };
    const body = digest(JSON.stringify(order));
    if (!known.has(id)) history.append({ type: 'send', id, expect, body, headers, key: order.customerId });
    const copies = n % number('TWICE_EVERY', Number.POSITIVE_INFINITY) === 0 ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      sends.push(
        // One for each consumer where the broker cannot hand a message to both.
        Promise.all(
          Object.values(producers).map((each) => each.send('order.created', order, { eventId: id, headers })),
        ).then(
          () => history.append({ type: 'confirm', id }),
          (error: Error) => history.append({ type: 'reject', id, reason: error.message }),
        ),
      );
    // A pace that keeps the consumers at work for as long as the faults go on.
    if (n % number('BATCH', 50) === 0) await pause(number('PAUSE_MS', 100));
  }
  effects.close();
  await Promise.all(sends);
  log.info({}, 'all sends are settled');
}
