import type { Consumer, Flow, Producer } from '../../core/design/design.ts';
import { type Refusal, refusals } from '../kit/refusals.ts';
import { dropsAtShutdown, endsOtherwise, namesHandler, publishesOtherwise } from '../services/refusals.ts';

const given =
  <T>(field: keyof T, ...allowed: readonly unknown[]) =>
  (value: T): boolean =>
    value[field] !== undefined && !allowed.includes(value[field]);

const PRODUCER: readonly Refusal<Producer>[] = [
  [
    given<Producer>('acks', 'all'),
    ({ acks }) => `acks: ${acks} would lose confirmed records and is not generated.`,
    'Leave acks out; all copies in sync confirm.',
  ],
  [
    given<Producer>('idempotence', true),
    () => 'idempotence: false would write a record twice when an answer is lost, and is not generated.',
    'Leave idempotence out.',
  ],
  [
    ({ maxInFlight = 1 }) => maxInFlight > 5,
    ({ maxInFlight }) => `${maxInFlight} requests at once would break the order.`,
    'Leave maxInFlight out; the library has one batch under way.',
  ],
  [
    given<Producer>('retries'),
    () => 'a number of retries is not generated: a send is repeated until its deadline.',
    'Give deliveryTimeout instead.',
  ],
  [
    given<Producer>('linger'),
    () =>
      'linger is not generated: a batch takes what has come while the last one was under way, without a timer.',
    'Leave linger out.',
  ],
  [
    given<Producer>('compression', 'lz4'),
    ({ compression }) => `compression by ${compression} is not generated yet.`,
    'Use lz4, or leave compression out.',
  ],
  [
    given<Producer>('partitioner', 'murmur2', 'murmur2_random'),
    ({ partitioner }) => `the partitioner ${partitioner} is not generated.`,
    'Use murmur2_random, as the Java clients do.',
  ],
  [
    given<Producer>('client', '@platformatic/kafka'),
    ({ client }) => `the client ${client} is not generated.`,
    'Leave client out.',
  ],
  [
    given<Producer>('maxRequestSize'),
    () => 'a largest request is not generated: the size of each type of message is checked.',
    'Give size.max at the messages.',
  ],
  [
    given<Producer>('transactionalId'),
    () => 'transactions are not generated yet.',
    'For one effect of each event use the idempotency strategy transactional-inbox at the consumers.',
  ],
  dropsAtShutdown,
  [
    given<Producer>('retryWindow'),
    () => 'retryWindow is not generated yet.',
    'Leave it out; deliveryTimeout bounds a send.',
  ],
  publishesOtherwise('on Kafka'),
];

const CONSUMER: readonly Refusal<Consumer>[] = [
  [
    given<Consumer>('ack', 'after'),
    ({ ack }) => `acknowledging ${ack} would lose records in a crash and is not generated.`,
    'Write ack: after, or leave it out.',
  ],
  [
    given<Consumer>('autoCommit', false),
    () => 'a timer would commit offsets of records that are not processed.',
    'Leave autoCommit out.',
  ],
  [
    ({ groupType, share }) => groupType === 'share' || share !== undefined,
    () => 'share groups exist in the Java client only.',
    'Use a group of the type consumer, with as many partitions as workers.',
  ],
  [
    given<Consumer>('groupInstanceId'),
    () => 'a fixed identity of members is not generated: replicas of a service would share it.',
    'Leave groupInstanceId out.',
  ],
  [
    ({ concurrencyPerPartition: most, concurrency = 1 }) => most !== undefined && most < concurrency,
    () => 'handlers are limited in all and by key, not by partition.',
    'Leave concurrencyPerPartition out: where a flow relies on the order, one handler at a time works on a key.',
  ],
  [
    given<Consumer>('isolation', 'read_uncommitted'),
    () =>
      'reading committed transactions alone is not generated yet: records of aborted ones are read as well.',
    'Leave isolation out where nobody writes in transactions.',
  ],
  [
    ({ groupType = 'consumer', groupProtocol = 'consumer' }) =>
      groupType === 'classic' || groupProtocol === 'classic',
    () => 'the classic protocol of groups is not generated.',
    'Write consumer: every broker from Kafka 4.0 has it.',
  ],
  [
    given<Consumer>('sessionTimeout'),
    () => 'with the protocol of Kafka 4 the broker decides how long a member may be silent.',
    'Leave sessionTimeout out, and set group.consumer.session.timeout.ms at the broker.',
  ],
  [
    given<Consumer>('maxPollInterval'),
    () => 'maxPollInterval is not generated: heartbeats do not wait for handlers.',
    'Leave it out.',
  ],
  endsOtherwise,
  namesHandler,
];

const FLOW: readonly Refusal<Flow>[] = [
  [
    ({ delivery }) => delivery === 'exactly-once',
    () => 'exactly once needs transactions, which are not generated yet.',
    'Write effectively-once, with the idempotency strategy transactional-inbox at its consumers.',
  ],
  [
    ({ style }) => style === 'request-reply',
    () => 'requests and replies over Kafka are not generated.',
    'Use a queue of RabbitMQ, or events both ways.',
  ],
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const producerRefusals = refusals('producers', PRODUCER);
export const consumerRefusals = refusals('consumers', CONSUMER);
export const flowRefusals = refusals('flows', FLOW);
