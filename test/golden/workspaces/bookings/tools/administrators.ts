import type { TopologyAdmin } from '../messaging/index.ts';
import { snsAdminFromEnv } from '../messaging/sns/index.ts';
import { sqsAdminFromEnv } from '../messaging/sqs/index.ts';
import { topologies } from './topologies.ts';

/** What compares each broker with the design, with the settings of the environment. */
export const administrators: Readonly<Record<string, () => TopologyAdmin>> = {
  work: () => sqsAdminFromEnv('WORK', topologies.work),
  events: () => snsAdminFromEnv('EVENTS', topologies.events),
};
