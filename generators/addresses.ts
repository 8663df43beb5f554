import type { BrokerKind } from '../core/kinds/brokers.ts';
import type { Context } from './context.ts';

export interface Address {
  readonly inside: string;
  readonly outside: string;
}

/** Behind the port of the idempotency store. */
const REDIS_PORT = 6380;

/** Which of the brokers of its kind it is, so that two of them do not meet on one port of this machine. */
export const offsetOf = ({ graph }: Context, broker: string, kind: BrokerKind): number =>
  [...graph.design.brokers].filter((each) => each[1].kind === kind).findIndex(([id]) => id === broker);

export const redisPort = (context: Context, broker: string): number =>
  REDIS_PORT + offsetOf(context, broker, 'redis');

export const redisAddress = (context: Context, broker: string): Address => ({
  inside: `redis://${broker}:6379`,
  outside: `redis://127.0.0.1:${redisPort(context, broker)}`,
});

export const rabbitAddress = (context: Context, broker: string): Address => ({
  inside: `amqp://${broker}:5672/${context.scope}`,
  outside: `amqp://127.0.0.1:${5672 + offsetOf(context, broker, 'rabbitmq')}/${context.scope}`,
});

export const rabbitManagement = (context: Context, broker: string): Address => ({
  inside: `http://${broker}:15672`,
  outside: `http://127.0.0.1:${15672 + offsetOf(context, broker, 'rabbitmq')}`,
});
