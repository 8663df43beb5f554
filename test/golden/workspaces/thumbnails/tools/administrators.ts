import type { TopologyAdmin } from '../messaging/index.ts';
import { celeryRedisAdminFromEnv } from '../messaging/celery/redis/index.ts';
import { redisStreamsAdminFromEnv } from '../messaging/redis/index.ts';
import { topologies } from './topologies.ts';

/** What compares each broker with the design, with the settings of the environment. */
export const administrators: Readonly<Record<string, () => TopologyAdmin>> = {
  lists: () => redisStreamsAdminFromEnv('LISTS', topologies.lists),
  tasks: () => celeryRedisAdminFromEnv('LISTS', topologies.tasks),
};
