import type { TopologyAdmin } from '../../core/topology.ts';
import type { Topology, Transport } from '../../core/types.ts';
import { configFromEnv, type RedisConfig } from '../../redis/config.ts';
import { CeleryRedisTransport } from './transport.ts';

export type { RedisConfig } from '../../redis/config.ts';
export { type Schedule, schedule } from '../protocol.ts';

/** Sends tasks to Celery workers over Redis 7.0 or newer. Connects when the service starts. */
export function celeryRedis(config: RedisConfig): Transport {
  return new CeleryRedisTransport(config);
}

/** Settings from the environment, as of Redis itself: see docs/runtime.md. @throws ConfigurationError */
export function celeryRedisFromEnv(prefix = 'REDIS'): Transport {
  return celeryRedis(configFromEnv(prefix));
}

/** Lists of Redis exist while something is in them: there is nothing to compare and nothing to add. */
export const celeryRedisAdminFromEnv = (_prefix: string, _topology: Topology): TopologyAdmin => ({
  verify: async () => ({ differences: [], unchecked: [] }),
  apply: async () => ({ created: [], unchecked: [] }),
  close: async () => {},
});
