import { setTimeout as pause } from 'node:timers/promises';
import { HistoryWriter } from './history.ts';

/*
 * What the handlers of the run do instead of charging cards and sending mail: they write the history. The effect is
 * a line in an append-only file, never an entry of a set, so that a repeated effect is seen.
 */

const history = new HistoryWriter(process.env['HISTORY'] ?? '');
/** The process kills itself right after so many effects, before the library learns of the last one. */
const dieAfter = Number(process.env['DIE_AFTER_EFFECTS'] ?? Number.POSITIVE_INFINITY);
let effects = 0;

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
  if (poison)
    throw process.env['HOSTILE_ERRORS'] ? hostileError() : new Error('this order can never be paid');
  history.append({ type: 'effect', id, consumer });
  effects++;
  if (effects >= dieAfter) process.kill(process.pid, 'SIGKILL');
}

/** Something thrown that throws itself, whatever is asked of it. */
function hostileError(): unknown {
  const refuse = (): never => {
    throw new Error('not even its description can be had');
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
}
