import { describe, expect, it } from 'vitest';
import { fromEntry, offsetOf, toFields } from '../../../runtime/redis/message.ts';

const entry = (...fields: readonly (string | Buffer)[]) =>
  fromEntry([Buffer.from('7-1'), fields.map((field) => Buffer.from(field as string))]);

describe('an entry', () => {
  it('carries body, headers, properties and key there and back', () => {
    const message = {
      body: Buffer.from([0, 255, 10]),
      headers: { body: 'a header of that name', count: 3, flag: true, none: undefined },
      properties: { messageId: 'm', type: 't', timestamp: 5, persistent: true },
    };
    expect(entry(...(toFields(message, Buffer.from('k')) as Buffer[]))).toEqual({
      id: '7-1',
      key: Buffer.from('k'),
      message: { ...message, headers: { body: 'a header of that name', count: '3', flag: 'true' } },
    });
  });

  it('of another program needs a body at most', () => {
    const plain = { headers: {}, properties: { persistent: true } };
    expect(entry('body', '{}', 'more', 'x')?.message).toEqual({ ...plain, body: Buffer.from('{}') });
    expect(entry('other', 'x')?.message).toEqual({ ...plain, body: Buffer.alloc(0) });
  });

  it.each(['{', '[]', 'null', '"text"'])('has no headers where they are %s', (headers) => {
    expect(entry('body', '{}', 'headers', headers)?.message.headers).toEqual({});
  });

  it('that is deleted is none', () => {
    expect(fromEntry([Buffer.from('7-1'), null])).toBeUndefined();
  });
});

it('offsets have the order of the ids', () => {
  const ids = ['0-1', '1-0', '1-1', '1-10', '2-0', '18446744073709551615-18446744073709551615'];
  const offsets = ids.map(offsetOf);
  expect([...offsets].sort((a, b) => (a < b ? -1 : 1))).toEqual(offsets);
});
