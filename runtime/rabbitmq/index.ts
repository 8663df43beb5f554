import type { Transport } from '../core/types.ts';
import { configFromEnv, type RabbitConfig } from './config.ts';
import { RabbitTransport } from './transport.ts';

export type { RabbitConfig } from './config.ts';

/** A transport over RabbitMQ 3.10 or newer. Connects when the service starts. */
export function rabbitmq(config: RabbitConfig): Transport {
  return new RabbitTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function rabbitmqFromEnv(prefix = 'RABBITMQ'): Transport {
  return rabbitmq(configFromEnv(prefix));
}
