import { runService } from '@orders/messaging';
import { rabbitmqFromEnv } from '@orders/messaging/rabbitmq';
import { redisStoreFromEnv } from '@orders/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: rabbitmqFromEnv('WORK'),
  },
  store: redisStoreFromEnv('STORE'),
}));
