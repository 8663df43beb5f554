import type { TopologyAdmin } from '../messaging/index.ts';
import { kinesisAdminFromEnv } from '../messaging/kinesis/index.ts';
import { topologies } from './topologies.ts';

/** What compares each broker with the design, with the settings of the environment. */
export const administrators: Readonly<Record<string, () => TopologyAdmin>> = {
  site: () => kinesisAdminFromEnv('SITE', topologies.site),
};
