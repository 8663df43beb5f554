import type { BrokerKind } from '../core/kinds/brokers.ts';
import type { BrokerTarget } from './broker.ts';
import { celery } from './celery/index.ts';
import { kafka } from './kafka/index.ts';
import { kinesis } from './kinesis/index.ts';
import { rabbitmq } from './rabbitmq/index.ts';
import { redis } from './redis/index.ts';
import { sns } from './sns/index.ts';
import { sqs } from './sqs/index.ts';

/** The generator of each kind of broker; one that is missing here does not compile. */
export const brokers = {
  kafka,
  rabbitmq,
  sqs,
  sns,
  kinesis,
  redis,
  celery,
} as const satisfies { readonly [K in BrokerKind]: BrokerTarget & { readonly id: K } };
