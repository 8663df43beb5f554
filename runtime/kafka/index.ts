import type { TopologyAdmin } from '../core/topology.ts';
import type { Transport } from '../core/types.ts';
import { KafkaAdmin, type KafkaTopology } from './admin.ts';
import { adminConfigFromEnv, type KafkaAdminConfig } from './adminConfig.ts';
import { configFromEnv, type KafkaConfig } from './config.ts';
import { KafkaTransport } from './transport.ts';

export type { KafkaTopology } from './admin.ts';
export type { KafkaAdminConfig } from './adminConfig.ts';
export type { KafkaConfig } from './config.ts';

/** A transport over Kafka 4.0 or newer. Connects when the service starts. */
export function kafka(config: KafkaConfig): Transport {
  return new KafkaTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function kafkaFromEnv(prefix = 'KAFKA'): Transport {
  return kafka(configFromEnv(prefix));
}

/** Compares a cluster with its part of a design, and adds what is missing. For tools. @throws ConfigurationError */
export function kafkaAdmin(config: KafkaAdminConfig, topology: KafkaTopology): TopologyAdmin {
  return new KafkaAdmin(config, topology);
}

/** @throws ConfigurationError */
export function kafkaAdminFromEnv(prefix: string, topology: KafkaTopology): TopologyAdmin {
  return kafkaAdmin(adminConfigFromEnv(prefix), topology);
}
