import type { TopologyAdmin } from '../core/topology.ts';
import type { Transport } from '../core/types.ts';
import { RedisAdmin } from './admin.ts';
import { configFromEnv, type RedisConfig } from './config.ts';
import type { RedisTopology } from './streams.ts';
import { RedisTransport } from './transport.ts';

export type { RedisConfig } from './config.ts';
export type { GroupDeclaration, RedisTopology, StreamDeclaration } from './streams.ts';

/** A transport over Redis Streams, Redis 7.0 or newer. Connects when the service starts. */
export function redisStreams(config: RedisConfig): Transport {
  return new RedisTransport(config);
}

/** Settings from the environment, see docs/runtime.md. @throws ConfigurationError */
export function redisStreamsFromEnv(prefix = 'REDIS'): Transport {
  return redisStreams(configFromEnv(prefix));
}

/** Compares a Redis with its part of a design, and adds what is missing. For tools. */
export function redisStreamsAdmin(config: RedisConfig, topology: RedisTopology): TopologyAdmin {
  return new RedisAdmin(config, topology);
}

/** @throws ConfigurationError */
export function redisStreamsAdminFromEnv(prefix: string, topology: RedisTopology): TopologyAdmin {
  return redisStreamsAdmin(configFromEnv(prefix), topology);
}
