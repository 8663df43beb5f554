import type { TopologyAdmin } from '../core/topology.ts';
import type { Transport } from '../core/types.ts';
import { KinesisAdmin } from './admin.ts';
import {
  adminConfigFromEnv,
  configFromEnv,
  type KinesisAdminConfig,
  type KinesisConfig,
  type KinesisOptions,
} from './config.ts';
import type { KinesisTopology } from './topology.ts';
import { KinesisTransport } from './transport.ts';

export type { KinesisAdminConfig, KinesisConfig, KinesisOptions } from './config.ts';
export type { KinesisTopology, StreamDeclaration } from './topology.ts';

/** A transport over Kinesis Data Streams. Makes its first request when the service starts. */
export function kinesis(config: KinesisConfig): Transport {
  return new KinesisTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function kinesisFromEnv(prefix = 'KINESIS', options: KinesisOptions = {}): Transport {
  return kinesis(configFromEnv(prefix, options));
}

/** Compares an account with its part of a design, and adds what is missing. For tools. @throws ConfigurationError */
export function kinesisAdmin(config: KinesisAdminConfig, topology: KinesisTopology): TopologyAdmin {
  return new KinesisAdmin(config, topology);
}

/** @throws ConfigurationError */
export function kinesisAdminFromEnv(prefix: string, topology: KinesisTopology): TopologyAdmin {
  return kinesisAdmin(adminConfigFromEnv(prefix), topology);
}
