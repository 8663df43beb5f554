import { setTimeout as delay } from 'node:timers/promises';
import type { RunningService } from '../messaging/index.ts';
import type { Send } from './traffic.ts';

/** How the sends of a run have ended. */
export class Tally {
  confirmed = 0;
  failed = 0;
  /** How often each error was met. */
  readonly errors = new Map<string, number>();

  add(error: unknown): void {
    this.failed++;
    const text = String(error);
    this.errors.set(text, (this.errors.get(text) ?? 0) + 1);
  }
}

export interface SendingOptions {
  /** Sends a second; as fast as the brokers confirm where it is left out. */
  readonly perSecond?: number | undefined;
  readonly signal?: AbortSignal;
}

/** Most sends under way. The producers have windows of their own; this one bounds what waits for them. */
const WINDOW = 1_000;

/** Sends through the producers of a service, and waits until each send is confirmed or has failed. */
export async function sendAll(
  sends: Iterable<Send>,
  { producers }: RunningService,
  tally: Tally,
  { perSecond, signal }: SendingOptions = {},
): Promise<void> {
  const underway = new Set<Promise<void>>();
  const startedAt = performance.now();
  let begun = 0;
  for (const { producer, type, body } of sends) {
    if (perSecond !== undefined) {
      const wait = startedAt + (begun * 1_000) / perSecond - performance.now();
      if (wait > 0) await delay(wait, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    }
    if (signal?.aborted) break;
    begun++;
    const sent = (
      producers[producer]?.send(type, body) ?? Promise.reject(new Error(`No producer ${producer}.`))
    )
      .then(
        () => void tally.confirmed++,
        (error: unknown) => tally.add(error),
      )
      .finally(() => underway.delete(sent));
    underway.add(sent);
    while (underway.size >= WINDOW) await Promise.race(underway);
  }
  await Promise.all(underway);
}
