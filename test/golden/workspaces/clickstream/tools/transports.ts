import type { Transport } from '../messaging/index.ts';
import { kinesisFromEnv } from '../messaging/kinesis/index.ts';

/** Connects to each broker, with the settings of the environment. */
export const transports: Readonly<Record<string, () => Transport>> = {
  site: () => kinesisFromEnv('SITE'),
};
