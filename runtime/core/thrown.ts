import { loggable } from './log.ts';

/**
 * What a handler has thrown, where it can be looked at, else an error that says so. Properties and proxies may throw
 * themselves, and the steps that follow, from the log to the dead letter, must be able to look.
 */
export function readable(thrown: unknown): unknown {
  try {
    loggable(thrown);
    if (!(thrown instanceof Error)) String(thrown);
    for (let of: unknown = thrown; typeof of === 'object' && of !== null; of = Object.getPrototypeOf(of))
      void of.constructor?.name;
    return thrown;
  } catch {
    return new Error('The handler has thrown something that cannot be read.');
  }
}
