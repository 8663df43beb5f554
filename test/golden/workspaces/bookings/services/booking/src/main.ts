import { runService } from '@bookings/messaging';
import { snsFromEnv } from '@bookings/messaging/sns';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    events: snsFromEnv('EVENTS'),
  },
}));
