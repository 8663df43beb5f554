import type { Pack } from '../pack.ts';
import { competingServicesOnQueue } from './competing-services-on-queue.ts';
import { topicWithoutSubscriber } from './topic-without-subscriber.ts';

export const pattern = {
  'pattern/competing-services-on-queue': competingServicesOnQueue,
  'pattern/topic-without-subscriber': topicWithoutSubscriber,
} as const satisfies Pack;
