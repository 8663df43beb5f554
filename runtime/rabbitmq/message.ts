import type { Message } from 'amqplib';
import { TopologyError } from '../core/errors.ts';
import type { Destination, MessageProperties, WireMessage } from '../core/types.ts';
import type { ExchangeAddress } from './basicPublish.ts';

/**
 * Exchange and routing key; a queue is the default exchange with its name (https://www.rabbitmq.com/docs/exchanges).
 * @throws TopologyError for a topic
 */
export function address(to: Destination): ExchangeAddress {
  if ('topic' in to) throw new TopologyError(`RabbitMQ has no topic ${to.topic}.`);
  return 'queue' in to ? { exchange: '', routingKey: to.queue } : to;
}

/** `expiration` and `user-id` are left behind on purpose: on a copy the one would drop it, the other refuse it. */
export function fromAmqp({ content, properties }: Message): WireMessage {
  const kept: { -readonly [Name in keyof MessageProperties]: MessageProperties[Name] } = {
    persistent: properties.deliveryMode === 2,
  };
  for (const name of texts) if (typeof properties[name] === 'string') kept[name] = properties[name];
  for (const name of numbers) if (typeof properties[name] === 'number') kept[name] = properties[name];
  return { body: content, headers: properties.headers ?? {}, properties: kept };
}

const texts = [
  'messageId',
  'type',
  'contentType',
  'contentEncoding',
  'correlationId',
  'replyTo',
  'appId',
] as const;
const numbers = ['priority', 'timestamp'] as const;
