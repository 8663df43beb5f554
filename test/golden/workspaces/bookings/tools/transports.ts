import type { Transport } from '../messaging/index.ts';
import { snsFromEnv } from '../messaging/sns/index.ts';
import { sqsFromEnv } from '../messaging/sqs/index.ts';

/** Connects to each broker, with the settings of the environment. */
export const transports: Readonly<Record<string, () => Transport>> = {
  work: () => sqsFromEnv('WORK'),
  events: () => snsFromEnv('EVENTS'),
};
