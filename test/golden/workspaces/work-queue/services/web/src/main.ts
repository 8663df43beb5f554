import { runService } from '@work-queue/messaging';
import { rabbitmqFromEnv } from '@work-queue/messaging/rabbitmq';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: rabbitmqFromEnv('WORK'),
  },
}));
