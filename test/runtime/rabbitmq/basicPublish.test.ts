import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ConfirmChannel } from 'amqplib';
import { expect, test } from 'vitest';
import type { WireMessage } from '../../../runtime/core/types.ts';
import { basicPublish } from '../../../runtime/rabbitmq/basicPublish.ts';

type Constructor<T> = new (connection: object) => T;
const require = createRequire(import.meta.url);
/** Beyond what amqplib exports, by path. */
const inside = (file: string) => require(join(dirname(require.resolve('amqplib')), 'lib', file));
const { ConfirmChannel: RealChannel } = inside('channel_model.js') as {
  ConfirmChannel: Constructor<ConfirmChannel & { ch: number; unconfirmed: unknown[] }>;
};
const { Connection } = inside('connection.js') as { Connection: { prototype: object } };

/** A channel of amqplib with its own encoders, whose frames end up in a list. */
function channel() {
  const written: Buffer[] = [];
  const buffer = { write: (frames: Buffer) => written.push(frames) };
  const connection = Object.assign(Object.create(Connection.prototype), {
    channels: [undefined, { buffer }],
    frameMax: 4_096,
  });
  const open = new RealChannel(connection);
  open.ch = 1;
  return { open, frames: () => Buffer.concat(written.splice(0)) };
}

const all = {
  messageId: 'é',
  type: 'job',
  contentType: 'application/json',
  contentEncoding: 'gzip',
  correlationId: 'c',
  replyTo: 'r',
  appId: 'a',
  priority: 4,
  timestamp: 1_700_000_000,
};
const messages: Readonly<Record<string, WireMessage>> = {
  'every property': { body: Buffer.from('{}'), headers: {}, properties: { ...all, persistent: true } },
  'no property': { body: new Uint8Array([1, 2, 3]), headers: {}, properties: { persistent: false } },
  'headers of every type': {
    body: Buffer.alloc(0),
    headers: {
      text: 'ü',
      n: 1,
      large: 2 ** 40,
      part: 1.5,
      flag: true,
      none: null,
      left: undefined,
      in: { a: ['b'] },
    },
    properties: { persistent: true },
  },
  'a body of several frames': {
    body: Buffer.alloc(10_000, 'y'),
    headers: {},
    properties: { persistent: true },
  },
};

test.each(Object.entries(messages))('%s goes out as amqplib would send it', (_, message) => {
  const { open, frames } = channel();
  const { body, headers, properties } = message;
  open.publish('orders', 'a.b', Buffer.from(body), { ...properties, headers, mandatory: true }, () => {});
  const expected = frames();
  basicPublish(open, { exchange: 'orders', routingKey: 'a.b' }, message, () => {});
  expect(frames()).toEqual(expected);
  expect(open.unconfirmed).toHaveLength(2);
});
