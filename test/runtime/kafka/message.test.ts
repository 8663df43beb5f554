import { expect, it } from 'vitest';
import type { WireMessage } from '../../../runtime/index.ts';
import { fromRecord, toHeaders } from '../../../runtime/kafka/message.ts';

const sent: WireMessage = {
  body: Buffer.from('{}'),
  headers: {
    'loom-event-id': 'e',
    'loom-event-type': 'order.placed',
    'loom-event-time': '2026-01-01T00:00:00.500Z',
    'loom-correlation-id': 'c',
    tenant: 't',
    absent: undefined,
  },
  properties: {
    messageId: 'e',
    type: 'order.placed',
    contentType: 'application/json',
    correlationId: 'c',
    timestamp: Date.UTC(2026, 0, 1) / 1000,
    persistent: true,
  },
};

const onWire = (message: WireMessage) =>
  [...toHeaders(message)].map(([name, value]) => [`${name}`, `${value}`]);

function received(message: WireMessage, key: Buffer | null = null) {
  const headers = [...toHeaders(message)];
  const record = { length: 0, attributes: 0, timestampDelta: 0n, offsetDelta: 0, key, headers };
  return fromRecord(5n, { ...record, value: Buffer.from(message.body) }, 1_700_000_000_999n);
}

it('says nothing twice: a property that a header of ours tells is left out', () => {
  expect(onWire(sent)).toEqual([
    ['loom-event-id', 'e'],
    ['loom-event-type', 'order.placed'],
    ['loom-event-time', '2026-01-01T00:00:00.500Z'],
    ['loom-correlation-id', 'c'],
    ['tenant', 't'],
    ['content-type', 'application/json'],
  ]);
});

it('gives all of it back', () => {
  const { absent: _, ...headers } = sent.headers;
  expect(received(sent).message).toEqual({ ...sent, headers });
  const foreign = { ...sent, headers: { tenant: 't' } };
  expect(onWire(foreign)).toContainEqual(['message-id', 'e']);
  expect(received(foreign).message).toEqual(foreign);
});

it('keeps a property that differs from what the header says', () => {
  const copy = { ...sent, properties: { ...sent.properties, messageId: 'other' } };
  expect(received(copy).message.properties.messageId).toBe('other');
});

it('takes the time of the record where nothing else tells one', () => {
  const bare = received({ body: Buffer.from(''), headers: {}, properties: { persistent: true } });
  expect(bare.message.properties).toEqual({ timestamp: 1_700_000_000, persistent: true });
});

it('keeps bytes that are no text, and the key', () => {
  const bytes = Uint8Array.of(0xff, 0x00);
  const { message, key } = received({ ...sent, headers: { raw: bytes } }, Buffer.from('k'));
  expect(Buffer.from(message.headers['raw'] as Uint8Array)).toEqual(Buffer.from(bytes));
  expect(onWire(message)).toContainEqual(['raw', Buffer.from(bytes).toString()]);
  expect(key).toEqual(Buffer.from('k'));
});

it('reads a record without a value as an empty body', () => {
  const record = {
    length: 0,
    attributes: 0,
    timestampDelta: 0n,
    offsetDelta: 0,
    key: null,
    value: null,
    headers: [],
  };
  expect(fromRecord(0n, record, 0n).message.body).toHaveLength(0);
});
