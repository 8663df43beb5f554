import { expect, it } from 'vitest';
import { createLogger } from '../../../runtime/core/log.ts';

/** What a logger writes for an error, as an object. */
function logged(error: unknown): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('shop', { write: (line) => void lines.push(line) }).error({ err: error }, 'Failed.');
  return JSON.parse(lines[0] ?? '').err;
}

it('writes name, code, text and stack of an error', () => {
  const error = Object.assign(new TypeError('no host'), { code: 'ENOTFOUND' });
  expect(logged(error)).toEqual({
    type: 'TypeError',
    message: 'no host',
    code: 'ENOTFOUND',
    stack: expect.stringContaining('log.test.ts'),
  });
});

it('writes no other property of an error, at any depth', () => {
  const request = { headers: { cookie: 'geheim' }, body: 'geheim' };
  const cause = Object.assign(new Error('inner'), { request });
  const error = Object.assign(new AggregateError([cause], 'outer', { cause }), { request, input: 'geheim' });
  expect(logged(error)).toMatchObject({ cause: { message: 'inner' }, errors: [{ message: 'inner' }] });
  expect(JSON.stringify(logged(error))).not.toContain('geheim');
});

it.each([
  'connect to amqp://shop:geheim@broker:5672/vhost failed',
  'Invalid URL: redis://:geheim@store',
  'Invalid URL: amqp://shop:geh@/eim:geheim@broker',
  'postgres://shop:geheim@db and redis://geheim@store',
])('writes addresses without user and password: %s', (text) => {
  expect(JSON.stringify(logged(new Error(text)))).not.toContain('geheim');
  expect(JSON.stringify(logged(text))).not.toContain('geheim');
});

it('does not write what is thrown instead of an error', () => {
  expect(logged({ orderId: 'geheim' })).toBe('not an Error');
  expect(logged(null)).toBe('not an Error');
});

it('ends with errors that cause each other', () => {
  const error = new Error('round');
  error.cause = error;
  expect(JSON.stringify(logged(error)).match(/"message":"round"/g)).toHaveLength(4);
});
