import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEnvelope, decode, encode } from '../../../runtime/core/envelope.ts';
import { MessageTooLargeError, ValidationError } from '../../../runtime/core/errors.ts';
import { defineMessage, type SendOptions } from '../../../runtime/index.ts';
import { orderPlaced } from '../support/scenario.ts';

function roundTrip(data: unknown, options: SendOptions = {}) {
  const envelope = createEnvelope(orderPlaced, data, options);
  return { envelope, received: decode(encode(orderPlaced, data, envelope, {}, true), [orderPlaced]) };
}

const text = fc.string({ minLength: 1, unit: 'grapheme' });

describe('a domain event', () => {
  it('survives the wire, whatever its texts are', () => {
    const options = fc.record(
      {
        eventId: text,
        aggregateId: text,
        correlationId: text,
        causationId: text,
        idempotencyKey: text,
        traceparent: text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.record({ id: fc.string(), n: fc.integer() }), options, (data, given) => {
        const { envelope, received } = roundTrip(data, given);
        expect(received.data).toEqual(data);
        expect(received.envelope).toEqual(envelope);
        expect(envelope).toMatchObject(given);
      }),
    );
  });

  it('fills in what was not said', () => {
    const { envelope } = roundTrip({ id: 'o-1', n: 1 });
    expect(envelope).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'order.placed',
      aggregateId: 'o-1',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      schemaVersion: 1,
      correlationId: envelope.eventId,
    });
  });

  it('mirrors id, type, correlation and time into the AMQP properties', () => {
    const data = { id: 'o', n: 1 };
    const envelope = createEnvelope(orderPlaced, data, {
      eventId: 'e',
      correlationId: 'c',
      time: '2026-01-02T03:04:05Z',
    });
    expect(encode(orderPlaced, data, envelope, { tenant: 't' }, false)).toMatchObject({
      headers: { tenant: 't', 'loom-event-id': 'e', 'loom-event-time': '2026-01-02T03:04:05Z' },
      properties: {
        messageId: 'e',
        type: 'order.placed',
        contentType: 'application/json',
        correlationId: 'c',
        timestamp: 1_767_323_045,
        persistent: false,
      },
    });
  });
});

describe('sending refuses', () => {
  it.each([
    ['a body that breaks the schema', { id: 1 }, {}, ValidationError],
    ['a body over the limit', { id: 'x'.repeat(1024), n: 1 }, {}, MessageTooLargeError],
    ['an empty event id', { id: 'o', n: 1 }, { eventId: '' }, ValidationError],
    ['a time that is none', { id: 'o', n: 1 }, { time: 'yesterday' }, ValidationError],
  ])('%s', (_, data, options, error) => {
    expect(() => roundTrip(data, options)).toThrow(error);
  });

  it('a header of the library', () => {
    const data = { id: 'o', n: 1 };
    const envelope = createEnvelope(orderPlaced, data, {});
    expect(() => encode(orderPlaced, data, envelope, { 'loom-attempts': 9 }, true)).toThrow(/reserved/);
  });

  it('counts bytes, not characters', () => {
    expect(() => roundTrip({ id: '€'.repeat(400), n: 1 })).toThrow(MessageTooLargeError);
    expect(() => roundTrip({ id: 'e'.repeat(400), n: 1 })).not.toThrow();
  });
});

describe('a message without our headers', () => {
  const foreign = defineMessage<{ id: string }>()({
    type: 'legacy.order',
    version: 2,
    maxBytes: 100,
    envelope: 'none',
    validate: () => true,
  });
  const body = Buffer.from('{"id":"x"}');

  it('is read by the one contract that expects it, from the AMQP properties', () => {
    const properties = { messageId: 'm', correlationId: 'c', timestamp: 1_700_000_000, persistent: true };
    expect(decode({ body, headers: {}, properties }, [orderPlaced, foreign])).toMatchObject({
      type: 'legacy.order',
      data: { id: 'x' },
      envelope: { eventId: 'm', correlationId: 'c', time: '2023-11-14T22:13:20.000Z', schemaVersion: 2 },
    });
  });

  it('is sent without them, trace context excepted', () => {
    const envelope = createEnvelope(foreign, { id: 'x' }, { eventId: 'm', traceparent: 'tp' });
    const { headers, properties } = encode(foreign, { id: 'x' }, envelope, { a: 1 }, true);
    expect(headers).toEqual({ a: 1, traceparent: 'tp' });
    expect(properties).toMatchObject({ messageId: 'm', type: 'legacy.order' });
  });
});
