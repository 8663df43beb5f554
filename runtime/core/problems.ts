import type { Logger } from './log.ts';

const repeatMs = 10_000;

/** What keeps a service from working, by cause: logged when it starts, every ten seconds while it lasts, and when it ends. */
export class Problems {
  readonly #log: Logger;
  readonly #open = new Map<string, { text: string; loggedAt: number }>();

  constructor(log: Logger) {
    this.#log = log;
  }

  get list(): readonly string[] {
    return [...this.#open.values()].map(({ text }) => text);
  }

  raise(cause: string, text: string, error?: unknown): void {
    const known = this.#open.get(cause);
    const now = performance.now();
    const isDue = known === undefined || now - known.loggedAt >= repeatMs;
    this.#open.set(cause, { text, loggedAt: isDue ? now : known.loggedAt });
    if (isDue) this.#log.error({ cause, err: error }, text);
  }

  clear(cause: string): void {
    if (this.#open.delete(cause)) this.#log.info({ cause }, 'The problem is over.');
  }
}
