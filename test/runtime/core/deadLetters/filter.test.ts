import { expect, it } from 'vitest';
import { deadLetterFilter } from '../../../../runtime/core/deadLetters/filter.ts';
import { type DeadLetter, letterOf } from '../../../../runtime/core/deadLetters/letter.ts';

const now = Date.UTC(2026, 0, 2);

const letter = (headers: Readonly<Record<string, string>> = {}): DeadLetter =>
  letterOf({
    message: {
      body: Buffer.from('{}'),
      headers: {
        'loom-dlq-id': 'd1',
        'loom-dlq-reason': 'attempts-exhausted',
        'loom-dlq-error': 'CardDeclined: insufficient funds',
        'loom-dlq-time': '2026-01-01T23:00:00.000Z',
        'loom-event-type': 'order.placed',
        'loom-aggregate-id': 'o-1',
        ...headers,
      },
      properties: { persistent: true },
    },
    origin: { queue: 'q.dlq', exchange: '', routingKey: 'q.dlq' },
    redelivered: false,
    stale: false,
    ack: () => {},
    reject: () => {},
  });

it.each([
  [{}, true],
  [{ ids: ['d0', 'd1'] }, true],
  [{ ids: ['d0'] }, false],
  [{ reason: 'attempts-exhausted' }, true],
  [{ reason: 'invalid' }, false],
  [{ errorClass: 'CardDeclined' }, true],
  [{ errorClass: 'Card' }, false],
  [{ type: 'order.placed' }, true],
  [{ type: 'order' }, false],
  [{ key: 'o-1' }, true],
  [{ key: 'o-2' }, false],
  [{ olderThanMs: 3_600_000 }, true],
  [{ olderThanMs: 3_600_001 }, false],
  [{ newerThanMs: 3_600_001 }, true],
  [{ newerThanMs: 3_600_000 }, false],
  [{ key: 'o-1', reason: 'invalid' }, false],
])('%j matches: %s', (filter, matches) => {
  expect(deadLetterFilter(filter, now)(letter())).toBe(matches);
});

it('takes an error without a message for its class, and one without a class for none', () => {
  expect(deadLetterFilter({ errorClass: 'Timeout' })(letter({ 'loom-dlq-error': 'Timeout' }))).toBe(true);
  expect(deadLetterFilter({ errorClass: 'no' })(letter({ 'loom-dlq-error': 'no luck' }))).toBe(false);
});

it('selects nothing by age where the time of death is not known', () => {
  const undated = letter({ 'loom-dlq-time': '' });
  expect(deadLetterFilter({ olderThanMs: 0 }, now)(undated)).toBe(false);
  expect(deadLetterFilter({ newerThanMs: 10 }, now)(undated)).toBe(false);
});
