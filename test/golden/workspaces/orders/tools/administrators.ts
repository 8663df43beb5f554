import type { TopologyAdmin } from '../messaging/index.ts';
import { kafkaAdminFromEnv } from '../messaging/kafka/index.ts';
import { rabbitmqAdminFromEnv } from '../messaging/rabbitmq/index.ts';
import { topologies } from './topologies.ts';

/** What compares each broker with the design, with the settings of the environment. */
export const administrators: Readonly<Record<string, () => TopologyAdmin>> = {
  events: () => kafkaAdminFromEnv('EVENTS', topologies.events),
  work: () => rabbitmqAdminFromEnv('WORK', topologies.work),
};
