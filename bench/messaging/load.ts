/** What every measured program does alike, ours too: which messages it sends, and how it tells what it has done. */
import { randomBytes } from 'node:crypto';

const number = (name: string): number => Number(process.env[name] ?? 0);

/** Messages before the measured ones, so that code is compiled and buffers are filled. */
const warmUp = number('BENCH_WARM_UP');
const measured = number('BENCH_MESSAGES');
/** Sends that may be unsettled at once, or deliveries that may be at work. */
export const inFlight = number('BENCH_IN_FLIGHT');

export interface Job {
  readonly id: string;
  readonly text: string;
}

export const schema = {
  type: 'object',
  required: ['id', 'text'],
  properties: { id: { type: 'string' }, text: { type: 'string' } },
} as const;

/** Encoded, a message has 1 KiB. Its text does not repeat, or compression would make little of it. */
const textLength = 1_000;
const pool = randomBytes(48 * 1_024).toString('base64');

function job(n: number): Job {
  const start = (n * 61) % (pool.length - textLength);
  return { id: String(n).padStart(8, '0'), text: pool.slice(start, start + textLength) };
}

/** A reading of both clocks, in milliseconds. */
export interface Reading {
  readonly wall: number;
  /** Processor time of the process. */
  readonly cpu: number;
}

let done = 0;

/** One message has been confirmed, or handled. Tells the parent when the measured ones begin and when they end. */
export function count(): void {
  done++;
  if (done !== warmUp && done !== warmUp + measured) return;
  const { user, system } = process.cpuUsage();
  process.send?.({ wall: performance.now(), cpu: (user + system) / 1_000 } satisfies Reading);
}

/** Sends all messages, `inFlight` at a time. */
export async function sendAll(send: (data: Job) => Promise<unknown>): Promise<void> {
  // It ends by itself, once it has closed its connection.
  process.once('SIGTERM', () => {});
  let next = 0;
  const lane = async () => {
    while (next < warmUp + measured) {
      await send(job(next++));
      count();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
