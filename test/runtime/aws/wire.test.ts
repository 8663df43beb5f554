import { describe, expect, it } from 'vitest';
import { fifoIds } from '../../../runtime/aws/fifo.ts';
import { carried, received } from '../../../runtime/aws/wire.ts';

const message = (body: Uint8Array, headers: Record<string, unknown> = {}) => ({
  body,
  headers,
  properties: { messageId: 'm', persistent: true },
});

describe('a message on SQS and SNS', () => {
  it.each([
    ['a text', Buffer.from('{"text":"ü€😀"}')],
    ['no bytes', Buffer.alloc(0)],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a control character', Buffer.from('a\u0000b')],
    ['a character that SQS refuses', Buffer.from('a\uffffb')],
    ['a byte order mark', Buffer.from('\ufeff{}')],
  ])('carries %s there and back', (_, body) => {
    const { body: text, attributes } = carried(message(body, { tenant: 'a\uffff', n: 3 }));
    expect(text).not.toBe('');
    expect(Object.keys(attributes)).toEqual(['loom']);
    expect(attributes['loom']?.StringValue).not.toMatch(/\uffff/);
    const back = received(text, attributes, 'from SQS');
    expect(Buffer.from(back.message.body)).toEqual(body);
    expect(back.message.headers).toEqual({ tenant: 'a\uffff', n: 3 });
    expect(back.message.properties).toEqual({ messageId: 'm', persistent: true });
  });

  it('of another program has its attributes as headers, and the id that SQS gave it', () => {
    const { message: foreign } = received('{}', { tenant: { DataType: 'String', StringValue: 'a' } }, 'id');
    expect(foreign.headers).toEqual({ tenant: 'a' });
    expect(foreign.properties).toEqual({ messageId: 'id', persistent: true });
  });

  it.each(['{', '5', 'null', '{"headers":null,"properties":7,"group":{},"encoding":"no"}'])(
    'says nothing by the attribute %s',
    (text) => {
      const { message: broken } = received('{}', { loom: { StringValue: text } }, 'id');
      expect(broken.headers).toEqual({});
      expect(broken.properties).toEqual({ persistent: true });
    },
  );
});

describe('in a FIFO queue', () => {
  const plain = message(Buffer.from('{}'));

  it('messages of a key share a group, and one without a key has its own', () => {
    expect(fifoIds(plain, 'k')).toEqual({ group: 'k', deduplication: 'm' });
    expect(fifoIds(plain, undefined)).toEqual({ group: 'm', deduplication: 'm' });
    expect(fifoIds(plain, 'ü').group).toMatch(/^[0-9a-f]{64}$/);
  });

  it('a dead letter has a group of its own and knows the way home; a replay is no copy of it', () => {
    const dead = message(Buffer.from('{}'), { 'loom-dlq-id': 'd' });
    expect(fifoIds(dead, 'k')).toEqual({ group: 'd', deduplication: 'd', home: 'k' });
    const replay = message(Buffer.from('{}'), { 'loom-replay-id': 'abc' });
    expect(fifoIds(replay, 'k')).toEqual({ group: 'k', deduplication: 'm:rabc' });
  });
});
