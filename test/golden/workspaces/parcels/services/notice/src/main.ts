import { runService } from '@parcels/messaging';
import { redisStreamsFromEnv } from '@parcels/messaging/redis';
import { redisStoreFromEnv } from '@parcels/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    scans: redisStreamsFromEnv('SCANS'),
  },
  store: redisStoreFromEnv('STORE'),
}));
