import { ValidationError } from '../errors.ts';
import { textAt } from '../pointer.ts';
import type { Envelope, Received } from '../types.ts';

const envelopeFields = new Map<string, (envelope: Envelope) => string | undefined>([
  ['event_id', (envelope) => envelope.eventId],
  ['idempotency_key', (envelope) => envelope.idempotencyKey],
  ['aggregate_id', (envelope) => envelope.aggregateId],
  ['type', (envelope) => envelope.type],
  ['time', (envelope) => envelope.time],
]);

/** An envelope field by its snake_case name, or a JSON pointer into the body; `undefined` where there is nothing. */
export function fieldOf(message: Received, source: string): string | undefined {
  const value = source.startsWith('/')
    ? textAt(message.data, source)
    : envelopeFields.get(source)?.(message.envelope);
  return value === '' ? undefined : value;
}

/**
 * The key under which one consumer remembers one event. Parts are length-prefixed, so that no two lists of parts give
 * the same key (`a:b` + `c` is not `a` + `b:c`).
 * @throws ValidationError when a part is empty: such a key would suppress unrelated messages
 */
export function idempotencyKey(
  service: string,
  consumer: string,
  message: Received,
  keyFrom: readonly string[] = ['event_id'],
): string {
  const parts = keyFrom.map((source) => {
    const part = fieldOf(message, source);
    if (part === undefined)
      throw new ValidationError(`The idempotency key needs ${source}, which the message lacks.`);
    return part;
  });
  if (parts.length === 0) throw new ValidationError('The idempotency key has no parts.');
  return lengthPrefixed([service, consumer, ...parts]);
}

export function lengthPrefixed(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('');
}
