import type { Pack } from '../pack.ts';
import { bindingNeverMatches } from './binding-never-matches.ts';
import { consumerTimeout } from './consumer-timeout.ts';
import { deliveryLimit } from './delivery-limit.ts';
import { durableAndPersistent } from './durable-and-persistent.ts';
import { mirroringRemoved } from './mirroring-removed.ts';
import { nackRequeueLoop } from './nack-requeue-loop.ts';
import { overflowPolicy } from './overflow-policy.ts';
import { prefetch } from './prefetch.ts';
import { publisherConfirms } from './publisher-confirms.ts';
import { unroutableHandled } from './unroutable-handled.ts';

export const rabbitmq = {
  'rabbitmq/mirroring-removed': mirroringRemoved,
  'rabbitmq/durable-and-persistent': durableAndPersistent,
  'rabbitmq/publisher-confirms': publisherConfirms,
  'rabbitmq/unroutable-handled': unroutableHandled,
  'rabbitmq/binding-never-matches': bindingNeverMatches,
  'rabbitmq/prefetch': prefetch,
  'rabbitmq/nack-requeue-loop': nackRequeueLoop,
  'rabbitmq/delivery-limit': deliveryLimit,
  'rabbitmq/overflow-policy': overflowPolicy,
  'rabbitmq/consumer-timeout': consumerTimeout,
} as const satisfies Pack;
