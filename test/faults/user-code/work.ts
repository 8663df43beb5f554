import { setTimeout as pause } from 'node:timers/promises';
import { HistoryWriter } from './history.ts';

/*
 * What the handlers of the run do instead of charging cards and sending mail: they write the history. The effect is
 * a line in an append-only file, never an entry of a set, so that a repeated effect is seen.
 */

const history = new HistoryWriter(process.env['HISTORY'] ?? '');

interface Message {
  readonly envelope: { readonly eventId: string };
  readonly data: unknown;
}

export async function handle(
  consumer: string,
  { envelope: { eventId: id }, data }: Message,
  attempt: number,
): Promise<void> {
  history.append({ type: 'handler-start', id, consumer, attempt });
  await pause(Number(process.env['HANDLER_MS']));
  const poison = consumer === 'take-payment' && (data as { customerId?: string }).customerId === 'poison';
  if (poison) throw new Error('this order can never be paid');
  history.append({ type: 'effect', id, consumer });
}
