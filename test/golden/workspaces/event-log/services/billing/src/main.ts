import { runService } from '@event-log/messaging';
import { kafkaFromEnv } from '@event-log/messaging/kafka';
import { redisStoreFromEnv } from '@event-log/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    events: kafkaFromEnv('EVENTS'),
  },
  store: redisStoreFromEnv('STORE'),
}));
