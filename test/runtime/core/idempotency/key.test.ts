import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ValidationError } from '../../../../runtime/core/errors.ts';
import { fieldOf, idempotencyKey, lengthPrefixed } from '../../../../runtime/core/idempotency/key.ts';
import type { Received } from '../../../../runtime/core/types.ts';

const message: Received = {
  type: 'order.placed',
  data: { id: 'o-1', action: 'place', at: '2026-01-01T00:00:00Z' },
  envelope: {
    eventId: 'e-1',
    type: 'order.placed',
    time: '2026-01-01T00:00:00Z',
    schemaVersion: 1,
    correlationId: 'c',
  },
  headers: {},
};

it('is service, consumer and event id unless told otherwise', () => {
  expect(idempotencyKey('svc', 'bill', message)).toBe('3:svc4:bill3:e-1');
});

it('takes a business key from body and envelope', () => {
  const key = idempotencyKey('svc', 'bill', message, ['/id', '/action', 'time']);
  expect(key).toBe('3:svc4:bill3:o-15:place20:2026-01-01T00:00:00Z');
});

it.each([[['/missing']], [['idempotency_key']], [['nonsense']], [[]], [['event_id', 'aggregate_id']]])(
  'refuses %j, which this message lacks',
  (keyFrom) => {
    expect(() => idempotencyKey('svc', 'bill', message, keyFrom)).toThrow(ValidationError);
  },
);

it('gives different lists of parts different keys', () => {
  const parts = fc.array(fc.string(), { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      expect(lengthPrefixed(a)).not.toBe(lengthPrefixed(b));
    }),
  );
});

it('does not look into the prototype for envelope fields', () => {
  expect(fieldOf(message, 'constructor')).toBeUndefined();
  expect(fieldOf(message, 'toString')).toBeUndefined();
});
