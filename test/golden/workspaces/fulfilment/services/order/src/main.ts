import { runService } from '@fulfilment/messaging';
import { rabbitmqFromEnv } from '@fulfilment/messaging/rabbitmq';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: rabbitmqFromEnv('WORK'),
  },
}));
