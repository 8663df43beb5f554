import { runService } from '@thumbnails/messaging';
import { celeryRedisFromEnv } from '@thumbnails/messaging/celery/redis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    tasks: celeryRedisFromEnv('LISTS'),
  },
}));
