import { runService } from '@orders/messaging';
import { kafkaFromEnv } from '@orders/messaging/kafka';
import { postgresStoreFromEnv } from '@orders/messaging/postgres';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    events: kafkaFromEnv('EVENTS'),
  },
  store: postgresStoreFromEnv('DATABASE'),
}));
