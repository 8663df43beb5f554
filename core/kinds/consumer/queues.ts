import { bool, duration, int, object, oneOf } from '../attribute.ts';
import { sources } from '../sources.ts';

const rabbitmq = ['rabbitmq'] as const;
const redis = ['redis'] as const;

const reclaimParts = {
  minIdle: duration({
    doc: 'How long an entry is unacknowledged before another consumer takes it.',
    default: { value: '60s', why: 'longer than a handler runs' },
    source: sources.redisReclaim,
  }),
  interval: duration({
    doc: 'How often such entries are looked for.',
    default: { value: '30s', why: 'half of minIdle' },
    source: sources.redisReclaim,
  }),
} as const;

/** What only consumers of RabbitMQ and of Redis Streams have. */
export const queueAttributes = {
  prefetch: int({
    max: 65_535,
    group: 'Delivery',
    unit: 'messages',
    doc: 'Unacknowledged messages that an instance holds; 0 is without limit.',
    default: { value: 'computed', why: 'enough to keep the handlers busy' },
    brokers: rabbitmq,
    source: `${sources.rabbitConfirms}#channel-qos-prefetch`,
  }),
  qosGlobal: bool({
    group: 'Delivery',
    doc: 'Whether the prefetch holds for the channel instead of each consumer; deprecated, and refused by quorum queues.',
    default: { value: false, why: 'deprecated' },
    brokers: rabbitmq,
    source: sources.rabbitDeprecated,
  }),
  onError: oneOf(['dead-letter', 'nack-requeue', 'reject-requeue', 'delayed-retry'], {
    group: 'Failure',
    doc: 'What the consumer tells the broker when the handler fails.',
    default: { value: 'delayed-retry', why: 'retry queues, then the dead-letter queue' },
    brokers: rabbitmq,
    source: sources.rabbitQuorum,
  }),
  reclaim: object(reclaimParts, {
    group: 'Delivery',
    doc: 'How entries of a consumer that has died are taken over.',
    brokers: redis,
    source: sources.redisReclaim,
  }),
  maxDeliveries: int({
    min: 1,
    max: 1000,
    group: 'Failure',
    unit: 'deliveries',
    doc: 'Deliveries after which an entry goes to the dead-letter stream; a backstop above the attempts that the consumer counts.',
    default: { value: 50, why: 'deliveries also count crashes; attempts are counted by the consumer' },
    brokers: redis,
    source: sources.redisStreams,
  }),
  noack: bool({
    group: 'Delivery',
    doc: 'Whether entries count as processed when they are read.',
    default: { value: false, why: 'a crash would lose them' },
    brokers: redis,
    source: sources.redisStreams,
  }),
} as const;
