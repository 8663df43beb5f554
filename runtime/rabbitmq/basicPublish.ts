import type { Writable } from 'node:stream';
import type { ConfirmChannel } from 'amqplib';
import type { WireMessage } from '../core/types.ts';

/** What the `publish` of amqplib's confirm channels is made of; it is exported, but not in the types. */
interface ChannelParts {
  readonly connection: { readonly stream: Writable };
  sendMessage(fields: BasicPublish, properties: BasicProperties, body: Buffer): boolean;
  pushConfirmCallback(onSettled: (error: Error | null) => void): void;
}

interface BasicPublish {
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: true;
}

interface BasicProperties extends Omit<WireMessage['properties'], 'persistent'> {
  readonly headers: WireMessage['headers'];
  /** 1 transient, 2 persistent (https://www.rabbitmq.com/docs/publishers#message-properties). */
  readonly deliveryMode: 1 | 2;
}

/** What AMQP sends to. */
export interface ExchangeAddress {
  readonly exchange: string;
  readonly routingKey: string;
}

const parts = (channel: ConfirmChannel): ChannelParts => channel as unknown as ChannelParts;

/**
 * `channel.publish` with `mandatory`. That one makes the headers the prototype of an object, which turns them into a slow
 * one before they are written: it took half of the time of a send.
 * @param onSettled called with the confirmation, or with why there is none
 * @throws RangeError or TypeError for what cannot be encoded; else the channel is dead
 */
export function basicPublish(
  channel: ConfirmChannel,
  { exchange, routingKey }: ExchangeAddress,
  { body, headers, properties: { persistent, ...properties } }: WireMessage,
  onSettled: (error: Error | null) => void,
): void {
  const content = body instanceof Buffer ? body : Buffer.from(body);
  const deliveryMode = persistent ? 2 : 1;
  const to = parts(channel);
  // The answer of `sendMessage` (write buffer full) is left alone: the producers' windows bound what is in flight.
  to.sendMessage(
    { exchange, routingKey, mandatory: true },
    { ...properties, headers, deliveryMode },
    content,
  );
  to.pushConfirmCallback(onSettled);
}

/** The socket of the channel's connection. */
export const socketOf = (channel: ConfirmChannel): Writable => parts(channel).connection.stream;
