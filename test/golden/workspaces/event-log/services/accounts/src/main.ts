import { runService } from '@event-log/messaging';
import { kafkaFromEnv } from '@event-log/messaging/kafka';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    events: kafkaFromEnv('EVENTS'),
  },
}));
