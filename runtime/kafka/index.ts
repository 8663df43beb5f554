import type { Transport } from '../core/types.ts';
import { configFromEnv, type KafkaConfig } from './config.ts';
import { KafkaTransport } from './transport.ts';

export type { KafkaConfig } from './config.ts';

/** A transport over Kafka 4.0 or newer. Connects when the service starts. */
export function kafka(config: KafkaConfig): Transport {
  return new KafkaTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function kafkaFromEnv(prefix = 'KAFKA'): Transport {
  return kafka(configFromEnv(prefix));
}
