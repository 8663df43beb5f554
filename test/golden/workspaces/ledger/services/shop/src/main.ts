import { runService } from '@ledger/messaging';
import { postgresOutboxFromEnv, postgresStoreFromEnv } from '@ledger/messaging/postgres';
import { rabbitmqFromEnv } from '@ledger/messaging/rabbitmq';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    work: rabbitmqFromEnv('WORK'),
  },
  store: postgresStoreFromEnv('DATABASE'),
  outbox: postgresOutboxFromEnv('DATABASE'),
}));
