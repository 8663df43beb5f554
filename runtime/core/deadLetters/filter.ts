import type { DeadLetter } from './letter.ts';

/** Which dead letters are meant; all that is given must hold. */
export interface DeadLetterFilter {
  readonly ids?: readonly string[];
  readonly reason?: string;
  /** Name of the error's class, such as `TimeoutError`. */
  readonly errorClass?: string;
  readonly type?: string;
  /** Aggregate id. */
  readonly key?: string;
  /** Age since its death in ms, at least; one that does not say when it died is not older than anything. */
  readonly olderThanMs?: number;
  /** Age since its death in ms, below; one that does not say when it died is not newer than anything. */
  readonly newerThanMs?: number;
}

export function deadLetterFilter(
  filter: DeadLetterFilter,
  now: number = Date.now(),
): (letter: DeadLetter) => boolean {
  const { ids, reason, errorClass, type, key, olderThanMs, newerThanMs } = filter;
  const isAny = (wanted: string | undefined, found: string) => wanted === undefined || wanted === found;
  return (letter) => {
    const age = now - Date.parse(letter.time);
    return (
      (ids === undefined || ids.includes(letter.id)) &&
      isAny(reason, letter.reason) &&
      isAny(errorClass, classOf(letter.error)) &&
      isAny(type, letter.type) &&
      isAny(key, letter.key) &&
      // A time that cannot be read gives NaN, which compares as false.
      (olderThanMs === undefined || age >= olderThanMs) &&
      (newerThanMs === undefined || age < newerThanMs)
    );
  };
}

/** Errors are described as `Class: message`. */
function classOf(error: string): string {
  return /^[\w$.]+(?=:|$)/.exec(error)?.[0] ?? '';
}
