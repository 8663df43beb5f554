import { runService } from '@clickstream/messaging';
import { kinesisFromEnv } from '@clickstream/messaging/kinesis';
import { postgresLeasesFromEnv, postgresStoreFromEnv } from '@clickstream/messaging/postgres';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    site: kinesisFromEnv('SITE', {
      leases: postgresLeasesFromEnv('DATABASE'),
      // A shard allows five reads a second to all its groups together.
      pollMs: 500,
    }),
  },
  store: postgresStoreFromEnv('DATABASE'),
}));
