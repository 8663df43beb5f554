import { describe, expect, it } from 'vitest';
import { fromData, partitionKeyOf, toData } from '../../../runtime/kinesis/message.ts';

const now = new Date('2026-01-02T03:04:05.678Z');

describe('a message in a record', () => {
  it('comes back with body, headers as texts, and properties', () => {
    const data = toData({
      body: Buffer.from('{"a":"ü\\u0000"}'),
      headers: { tenant: 'x', count: 3, nothing: undefined },
      properties: { messageId: 'm', timestamp: 7, persistent: true },
    });
    expect(JSON.parse(data.toString())).toMatchObject({ loom: 1, body: '{"a":"ü\\u0000"}' });
    const { body, headers, properties } = fromData(data, now);
    expect(body.toString()).toBe('{"a":"ü\\u0000"}');
    expect(headers).toEqual({ tenant: 'x', count: '3' });
    expect(properties).toEqual({ messageId: 'm', timestamp: 7, persistent: true });
  });

  it('keeps bytes that are no text, and none at all', () => {
    for (const body of [Buffer.from([0, 255, 34]), Buffer.alloc(0), Buffer.from([0xef, 0xbb, 0xbf, 0x7b])]) {
      const { body: back } = fromData(toData({ body, headers: {}, properties: { persistent: true } }), now);
      expect(Buffer.from(back).equals(body)).toBe(true);
    }
  });

  it.each(['{"orderId":1}', '{"loom":1,"headers":null}', '{"loom":1,', 'no JSON', ''])(
    'takes %j of another program for a body',
    (text) => {
      const { body, headers, properties } = fromData(Buffer.from(text), now);
      expect(Buffer.from(body).toString()).toBe(text);
      expect(headers).toEqual({});
      expect(properties).toEqual({ timestamp: 1_767_323_045, persistent: true });
    },
  );

  it('goes under its key, or a digest of one that Kinesis would refuse', () => {
    expect(partitionKeyOf('customer/1')).toBe('customer/1');
    expect(partitionKeyOf(Buffer.from('customer/1'))).toBe('customer/1');
    expect(partitionKeyOf('')).toMatch(/^[0-9a-f]{64}$/);
    expect(partitionKeyOf('x'.repeat(257))).toMatch(/^[0-9a-f]{64}$/);
    expect(partitionKeyOf(Buffer.from([255]))).toBe(partitionKeyOf(Buffer.from([255])));
    expect(partitionKeyOf(undefined)).not.toBe(partitionKeyOf(undefined));
  });
});
