import { runService } from '@fulfilment/messaging';
import { rabbitmqFromEnv } from '@fulfilment/messaging/rabbitmq';
import { redisStoreFromEnv } from '@fulfilment/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: rabbitmqFromEnv('WORK'),
  },
  store: redisStoreFromEnv('STORE'),
}));
