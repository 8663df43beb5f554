import type { TopologyAdmin } from '../core/topology.ts';
import type { Topology, Transport } from '../core/types.ts';
import { RabbitAdmin } from './admin.ts';
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

/** Compares a broker with its part of a design, and adds what is missing. For tools. */
export function rabbitmqAdmin(config: RabbitConfig, topology: Topology): TopologyAdmin {
  return new RabbitAdmin(config, topology);
}

/** @throws ConfigurationError */
export function rabbitmqAdminFromEnv(prefix: string, topology: Topology): TopologyAdmin {
  return rabbitmqAdmin(configFromEnv(prefix), topology);
}
