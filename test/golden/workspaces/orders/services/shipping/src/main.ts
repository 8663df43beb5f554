import { runService } from '@orders/messaging';
import { kafkaFromEnv } from '@orders/messaging/kafka';
import { rabbitmqFromEnv } from '@orders/messaging/rabbitmq';
import { redisStoreFromEnv } from '@orders/messaging/stores/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    events: kafkaFromEnv('EVENTS'),
    work: rabbitmqFromEnv('WORK'),
  },
  store: redisStoreFromEnv('STORE'),
}));
