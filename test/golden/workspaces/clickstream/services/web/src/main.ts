import { runService } from '@clickstream/messaging';
import { kinesisFromEnv } from '@clickstream/messaging/kinesis';
import { service } from './service.ts';

await runService(service, () => ({
  transports: {
    site: kinesisFromEnv('SITE'),
  },
}));
