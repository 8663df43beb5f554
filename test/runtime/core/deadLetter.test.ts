import { expect, it } from 'vitest';
import {
  copyDestination,
  deadLetterCopy,
  replayCopy,
  replayIdOf,
  retryCopy,
} from '../../../runtime/core/deadLetter.ts';
import type { Delivery, WireMessage } from '../../../runtime/core/types.ts';

const failure = {
  service: 'svc',
  consumer: 'bill',
  attempts: 2,
  error: new TypeError('no'),
  replayTo: { queue: 'q' },
};
const delayQueue = { delayMs: 1_000, queue: 'q.retry.1s' };
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

function delivery(
  overrides: Partial<WireMessage> = {},
  origin: Delivery['origin'] = { queue: 'q', exchange: 'ex', routingKey: 'order.placed' },
): Delivery {
  const message: WireMessage = {
    body: Buffer.from('{"n":1}'),
    headers: { 'loom-event-id': 'e', tenant: 't', 'x-death': [{ count: 1 }] },
    properties: { messageId: 'e', contentType: 'application/json', persistent: false },
    ...overrides,
  };
  const settle = () => {};
  return { message, origin, redelivered: false, stale: false, ack: settle, reject: settle };
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
  const copy = retryCopy(delivery(), { ...failure, attempts: 1 }, delayQueue, at(1));
  const waited = delivery(copy, { queue: 'q', exchange: '', routingKey: 'q.retry.1s' });
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

const record = (offset: bigint, key = 'k') => ({
  topic: 'orders',
  partition: 3,
  offset,
  key: Buffer.from(key),
});

it('says when a copy in a retry topic is due, and where in the topic the record was', () => {
  const tier = { delayMs: 2_000, topic: 'svc.bill.retry' };
  const copy = retryCopy(delivery({}, record(7n)), failure, tier, at(1));
  expect(copy.headers).toMatchObject({
    'loom-due-time': '2026-01-01T00:00:03.000Z',
    'loom-original-topic': 'orders',
    'loom-original-partition': 3,
    'loom-original-offset': '7',
  });
  const again = delivery(copy, { ...record(1n), topic: 'svc.bill.retry' });
  const dead = deadLetterCopy(again, { ...failure, replayTo: { topic: 'svc.bill.retry' } }, 'invalid');
  expect(dead.headers).toMatchObject({ 'loom-original-offset': '7', 'loom-dlq-topic': 'svc.bill.retry' });
  expect(dead.headers).not.toHaveProperty('loom-due-time');
  expect(dead.headers).not.toHaveProperty('loom-dlq-queue');
});

it('keeps the key of a record on its copies', () => {
  const from = delivery({}, record(7n));
  expect(copyDestination({ topic: 'dlq' }, from)).toEqual({ topic: 'dlq', key: Buffer.from('k') });
  expect(copyDestination({ topic: 'dlq', key: 'other' }, from)).toEqual({ topic: 'dlq', key: 'other' });
  expect(copyDestination({ queue: 'dlq' }, from)).toEqual({ queue: 'dlq' });
  const grouped = delivery({}, { queue: 'q.fifo', exchange: '', routingKey: 'q.fifo', key: 'k' });
  expect(copyDestination({ queue: 'dlq' }, grouped)).toEqual({ queue: 'dlq', key: 'k' });
  expect(copyDestination({ topic: 'dlq' }, grouped)).toEqual({ topic: 'dlq' });
});

it('tells records without an id apart by their place', () => {
  const foreign = { headers: {}, properties: { persistent: true } };
  const death = (offset: bigint) => deadLetterCopy(delivery(foreign, record(offset)), failure, 'invalid');
  expect(id(death(1n))).toBe(id(death(1n)));
  expect(id(death(1n))).not.toBe(id(death(2n)));
  expect(death(1n).properties.messageId).not.toBe(death(2n).properties.messageId);
});

it('gives copies of one death the same replay, and another death another', () => {
  const dead = (fail: typeof failure, second: number, headers = {}) =>
    deadLetterCopy(
      delivery({ headers: { 'loom-event-id': 'e', ...headers } }),
      fail,
      'non-retryable',
      at(second),
    );
  const first = replayIdOf(dead(failure, 1));
  expect(replayIdOf(dead(failure, 2))).toBe(first);
  expect(replayIdOf(dead({ ...failure, consumer: 'ship' }, 1))).not.toBe(first);
  expect(replayIdOf(dead(failure, 1, { 'loom-replay-id': first }))).not.toBe(first);
  const foreign: WireMessage = { body: Buffer.from('x'), headers: {}, properties: { persistent: true } };
  expect(replayIdOf(foreign)).not.toBe(replayIdOf(foreign));
});
