import { runService } from '@clickstream/messaging';
import { kinesisFromEnv } from '@clickstream/messaging/kinesis';
import { redisStoreFromEnv } from '@clickstream/messaging/stores/redis';
import { redisLeasesFromEnv } from '@clickstream/messaging/stores/redisLeases';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    site: kinesisFromEnv('SITE', {
      leases: redisLeasesFromEnv('STORE'),
      // A shard allows five reads a second to all its groups together.
      pollMs: 500,
    }),
  },
  store: redisStoreFromEnv('STORE'),
}));
