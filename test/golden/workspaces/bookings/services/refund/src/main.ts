import { runService } from '@bookings/messaging';
import { sqsFromEnv } from '@bookings/messaging/sqs';
import { redisStoreFromEnv } from '@bookings/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: sqsFromEnv('WORK'),
  },
  store: redisStoreFromEnv('STORE'),
}));
