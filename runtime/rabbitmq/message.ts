import type { Message, Options } from 'amqplib';
import { TopologyError } from '../core/errors.ts';
import type { Destination, MessageProperties, WireMessage } from '../core/types.ts';

/**
 * Exchange and routing key; a queue is the default exchange with its name (https://www.rabbitmq.com/docs/exchanges).
 * @throws TopologyError for a topic
 */
export function address(to: Destination): { readonly exchange: string; readonly routingKey: string } {
  if ('topic' in to) throw new TopologyError(`RabbitMQ has no topic ${to.topic}.`);
  return 'queue' in to ? { exchange: '', routingKey: to.queue } : to;
}

export function toPublishOptions({ headers, properties }: WireMessage): Options.Publish {
  return { ...properties, headers, mandatory: true };
}

/** `expiration` and `user-id` are left behind on purpose: on a copy the one would drop it, the other refuse it. */
export function fromAmqp({ content, properties }: Message): WireMessage {
  const text = (
    name: 'messageId' | 'type' | 'contentType' | 'contentEncoding' | 'correlationId' | 'replyTo' | 'appId',
  ) => (typeof properties[name] === 'string' ? { [name]: properties[name] } : {});
  const number = (name: 'priority' | 'timestamp') =>
    typeof properties[name] === 'number' ? { [name]: properties[name] } : {};
  const kept: MessageProperties = {
    persistent: properties.deliveryMode === 2,
    ...text('messageId'),
    ...text('type'),
    ...text('contentType'),
    ...text('contentEncoding'),
    ...text('correlationId'),
    ...text('replyTo'),
    ...text('appId'),
    ...number('priority'),
    ...number('timestamp'),
  };
  return { body: content, headers: properties.headers ?? {}, properties: kept };
}
