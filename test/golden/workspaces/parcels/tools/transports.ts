import type { Transport } from '../messaging/index.ts';
import { redisStreamsFromEnv } from '../messaging/redis/index.ts';

/** Connects to each broker, with the settings of the environment. */
export const transports: Readonly<Record<string, () => Transport>> = {
  scans: () => redisStreamsFromEnv('SCANS'),
};
