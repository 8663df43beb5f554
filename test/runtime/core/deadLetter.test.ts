import { expect, it } from 'vitest';
import { deadLetterCopy, replayCopy, retryCopy } from '../../../runtime/core/deadLetter.ts';
import type { Delivery, WireMessage } from '../../../runtime/core/types.ts';

const failure = { service: 'svc', consumer: 'bill', attempts: 2, error: new TypeError('no') };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

function delivery(overrides: Partial<WireMessage> = {}, routingKey = 'order.placed'): Delivery {
  const message: WireMessage = {
    body: Buffer.from('{"n":1}'),
    headers: { 'loom-event-id': 'e', tenant: 't', 'x-death': [{ count: 1 }] },
    properties: { messageId: 'e', contentType: 'application/json', persistent: false },
    ...overrides,
  };
  const settle = () => {};
  return {
    message,
    queue: 'q',
    exchange: 'ex',
    routingKey,
    redelivered: false,
    stale: false,
    ack: settle,
    reject: settle,
  };
}

const id = (copy: WireMessage) => copy.headers['loom-dlq-id'];

it('keeps what was there, makes it durable, and leaves the broker records behind', () => {
  const copy = deadLetterCopy(delivery(), failure, 'non-retryable', at(1));
  expect(copy.body).toEqual(Buffer.from('{"n":1}'));
  expect(copy.properties).toEqual({ messageId: 'e', contentType: 'application/json', persistent: true });
  expect(copy.headers).toEqual({
    'loom-event-id': 'e',
    tenant: 't',
    'loom-original-exchange': 'ex',
    'loom-original-routing-key': 'order.placed',
    'loom-attempts': 2,
    'loom-first-failure-time': '2026-01-01T00:00:01.000Z',
    'loom-dlq-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    'loom-dlq-reason': 'non-retryable',
    'loom-dlq-error': 'TypeError: no',
    'loom-dlq-time': '2026-01-01T00:00:01.000Z',
    'loom-dlq-queue': 'q',
    'loom-dlq-consumer': 'svc.bill',
  });
});

it('remembers the first failure and the first address through a delay queue', () => {
  const waited = delivery(retryCopy(delivery(), { ...failure, attempts: 1 }, at(1)), 'q.retry.1s');
  expect(deadLetterCopy(waited, failure, 'attempts-exhausted', at(9)).headers).toMatchObject({
    'loom-first-failure-time': '2026-01-01T00:00:01.000Z',
    'loom-dlq-time': '2026-01-01T00:00:09.000Z',
    'loom-original-exchange': 'ex',
    'loom-original-routing-key': 'order.placed',
    'loom-attempts': 2,
  });
});

it('gives the copies of one death one id, and every other death another', () => {
  const first = id(deadLetterCopy(delivery(), failure, 'invalid', at(1)));
  expect(id(deadLetterCopy(delivery(), failure, 'invalid', at(2)))).toBe(first);
  const others = [
    deadLetterCopy(delivery(), { ...failure, consumer: 'ship' }, 'invalid'),
    deadLetterCopy(delivery({ body: Buffer.from('{"n":2}') }), failure, 'invalid'),
    deadLetterCopy(delivery({ headers: { 'loom-event-id': 'f' } }), failure, 'invalid'),
    deadLetterCopy(
      delivery({ headers: { 'loom-event-id': 'e', 'loom-replay-id': 'r' } }),
      failure,
      'invalid',
    ),
  ];
  expect(new Set([first, ...others.map(id)]).size).toBe(5);
});

it('shortens an error that would not fit into the headers', () => {
  const copy = deadLetterCopy(delivery(), { ...failure, error: new Error('x'.repeat(100_000)) }, 'invalid');
  expect(String(copy.headers['loom-dlq-error'])).toHaveLength(500);
});

it('starts a replay afresh, under its replay id', () => {
  const dead = deadLetterCopy(delivery(), failure, 'invalid');
  expect(replayCopy(dead, 'r-1').headers).toEqual({
    'loom-event-id': 'e',
    tenant: 't',
    'loom-original-exchange': 'ex',
    'loom-original-routing-key': 'order.placed',
    'loom-replay-id': 'r-1',
  });
});
