import type { Transport } from '../messaging/index.ts';
import { kafkaFromEnv } from '../messaging/kafka/index.ts';
import { rabbitmqFromEnv } from '../messaging/rabbitmq/index.ts';

/** Connects to each broker, with the settings of the environment. */
export const transports: Readonly<Record<string, () => Transport>> = {
  events: () => kafkaFromEnv('EVENTS'),
  work: () => rabbitmqFromEnv('WORK'),
};
