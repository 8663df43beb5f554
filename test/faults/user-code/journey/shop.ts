import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { seen } from './steps.ts';
import type { Context } from './types.ts';

/* Takes the place of `services/shop/src/app.ts`: places COUNT orders, each in a trace of its own. */

export async function run({ producers }: Context): Promise<void> {
  for (let n = 1; n <= Number(process.env['COUNT']); n++) {
    const data = { orderId: `o-${n}`, amount: n };
    const correlationId = `c-${n}`;
    const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
    const { eventId } = await producers.place.send('order.placed', data, { correlationId, traceparent });
    seen('place', { envelope: { eventId, correlationId, traceparent }, data });
    await pause(5);
  }
}
