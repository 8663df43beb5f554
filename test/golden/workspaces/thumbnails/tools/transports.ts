import type { Transport } from '../messaging/index.ts';
import { celeryRedisFromEnv } from '../messaging/celery/redis/index.ts';
import { redisStreamsFromEnv } from '../messaging/redis/index.ts';

/** Connects to each broker, with the settings of the environment. */
export const transports: Readonly<Record<string, () => Transport>> = {
  lists: () => redisStreamsFromEnv('LISTS'),
  tasks: () => celeryRedisFromEnv('LISTS'),
};
