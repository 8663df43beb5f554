import type { TopologyAdmin } from '../../core/topology.ts';
import type { Topology, Transport } from '../../core/types.ts';
import { type RabbitConfig, rabbitmq, rabbitmqAdminFromEnv, rabbitmqFromEnv } from '../../rabbitmq/index.ts';
import { CeleryRabbitTransport } from './transport.ts';

export type { RabbitConfig } from '../../rabbitmq/index.ts';
export { type Schedule, schedule } from '../protocol.ts';

/** Sends tasks to Celery workers over RabbitMQ 3.10 or newer. Connects when the service starts. */
export function celeryRabbitmq(config: RabbitConfig): Transport {
  return new CeleryRabbitTransport(rabbitmq(config));
}

/** Settings from the environment, as of RabbitMQ itself: see docs/runtime.md. @throws ConfigurationError */
export function celeryRabbitmqFromEnv(prefix = 'RABBITMQ'): Transport {
  return new CeleryRabbitTransport(rabbitmqFromEnv(prefix));
}

/** Compares the queues of the tasks with a broker, and adds what is missing. For tools. @throws ConfigurationError */
export function celeryRabbitmqAdminFromEnv(prefix: string, topology: Topology): TopologyAdmin {
  return rabbitmqAdminFromEnv(prefix, topology);
}
