import type { Flow } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';

/** A question of a design review and the rules whose answers decide it. */
export interface Question {
  readonly id: string;
  /** The question, as a reviewer asks it. */
  readonly title: string;
  /** Rules that can make it fail. One that needs an attribute which is missing leaves the question open. */
  readonly gates: readonly string[];
  /** Rules whose findings are warnings here. */
  readonly supporting: readonly string[];
  /** Rules that find out that something is not stated: their findings leave the question open. */
  readonly asks?: readonly string[];
  /** Flows that it is about; missing = all. */
  readonly about?: (flow: Flow) => boolean;
  /** Whether the design holds anything that it is about. */
  readonly applies: (graph: Graph) => boolean;
}

const some = <T>(items: Iterable<T>, test: (item: T) => boolean = () => true): boolean => {
  for (const item of items) if (test(item)) return true;
  return false;
};
const flows =
  (test?: (flow: Flow) => boolean) =>
  ({ design }: Graph): boolean =>
    some(design.flows.values(), test);
const isQueue = ({ pattern }: Flow): boolean => pattern === 'queue';
const isTopic = ({ pattern }: Flow): boolean => pattern === 'topic';
const isHistory = ({ pattern, needs = {} }: Flow): boolean =>
  pattern === 'stream' || Object.values(needs).includes(true);
const consumers = ({ design }: Graph): boolean => design.consumers.size > 0;
const channels = (graph: Graph): boolean => some(graph.channels());

/**
 * The questions of a design review in the order in which they are asked; after them what a review of a messaging system
 * looks at besides. A rule may decide several. Rules that do not exist yet are named where they will belong.
 */
export const questions: readonly Question[] = [
  {
    id: 'pattern',
    title: 'Is the pattern of each workflow identified?',
    gates: ['pattern/flow-pattern-declared', 'pattern/channel-contradicts-pattern'],
    supporting: [
      'pattern/reply-flow-complete',
      'pattern/broker-fit',
      'pattern/topic-without-subscriber',
      'naming/convention',
    ],
    applies: (graph) => flows()(graph) || channels(graph),
  },
  {
    id: 'task-queues',
    title: 'Is a queue used where tasks are shared among workers?',
    gates: ['pattern/workers-receive-copies', 'pattern/competing-services-on-queue', 'redis/consumer-group'],
    supporting: [
      'rabbitmq/prefetch',
      'celery/prefetch-multiplier',
      'capacity/consumer-overloaded',
      'kafka/share-group-fit',
      'rabbitmq/exclusive-auto-delete',
    ],
    about: isQueue,
    applies: flows(isQueue),
  },
  {
    id: 'fan-out',
    title: 'Is a topic used where all need the event?',
    gates: [
      'pattern/competing-services-on-queue',
      'pattern/channel-contradicts-pattern',
      'rabbitmq/binding-never-matches',
      'rabbitmq/binding-type-misuse',
      'sns/filter-never-matches',
      'kafka/group-per-service',
    ],
    supporting: [
      'pattern/topic-single-subscriber',
      'rabbitmq/unroutable-handled',
      'sns/queue-policy',
      'sns/raw-delivery',
      'kinesis/read-fanout',
    ],
    about: isTopic,
    applies: flows(isTopic),
  },
  {
    id: 'history',
    title: 'Is a stream used for history, audit and event sourcing?',
    gates: ['pattern/history-needs-stream', 'retention/covers-replay', 'retention/compaction-loses-history'],
    supporting: [
      'pattern/stream-without-need',
      'rabbitmq/stream-limits',
      'redis/trim-loses-unread',
      'schema/compatibility-mode',
      'capacity/replay-time',
    ],
    about: isHistory,
    applies: flows(isHistory),
  },
  {
    id: 'idempotency',
    title: 'Are the handlers idempotent?',
    gates: [
      'idempotency/consumer-strategy-declared',
      'idempotency/ack-after-processing',
      'idempotency/key-is-stable',
      'idempotency/claim-has-lease',
      'idempotency/ttl-covers-redelivery',
      'celery/acks-late-needs-idempotency',
    ],
    supporting: [
      'idempotency/check-then-act-race',
      'idempotency/store-shared-and-durable',
      'idempotency/external-call-key',
      'idempotency/exactly-once-claim',
      'idempotency/fifo-dedup-not-enough',
      'sqs/visibility-vs-batch',
      'pattern/dual-write',
    ],
    applies: ({ design }) => some(design.consumers.values(), ({ sideEffects }) => sideEffects?.length !== 0),
  },
  {
    id: 'dead-letters',
    title: 'Is there a dead-letter queue for failed messages?',
    gates: [
      'dlq/required',
      'dlq/attempts-bounded',
      'dlq/unrouted-dlx',
      'dlq/self-or-cycle',
      'dlq/kafka-poison-blocks-partition',
      'sqs/dlq-type-match',
      'sqs/dlq-retention',
      'rabbitmq/nack-requeue-loop',
      'rabbitmq/delivery-limit',
      'kinesis/poison-blocks-shard',
      'redis/dlq-by-delivery-count',
      'celery/no-dlq-by-default',
      'monitoring/dlq-alert',
    ],
    supporting: [
      'dlq/backoff-jitter-cap',
      'dlq/non-retryable-classified',
      'dlq/blocking-retry-fits-lease',
      'dlq/context-preserved',
      'dlq/replay-plan',
      'sns/subscription-dlq',
      'rabbitmq/dead-letter-safety',
      'sqs/max-receive-count',
      'dlq/idempotent-redrive',
      'celery/manual-retry-defeats-backoff',
    ],
    applies: (graph) => consumers(graph) || graph.design.subscriptions.size > 0,
  },
  {
    id: 'monitoring',
    title: 'Are queue depth and latency monitored?',
    gates: ['monitoring/backlog-alert', 'monitoring/age-alert', 'monitoring/dlq-alert'],
    supporting: [
      'monitoring/growth-not-only-level',
      'monitoring/correlation-id',
      'monitoring/unroutable-alert',
      'monitoring/alert-owner',
      'capacity/latency-slo',
    ],
    applies: consumers,
  },
  {
    id: 'retention',
    title: 'Is retention configured to fit?',
    gates: [
      'retention/declared',
      'retention/covers-outage-and-drain',
      'retention/covers-replay',
      'sqs/dlq-retention',
      'redis/trim-loses-unread',
      'kinesis/retention',
    ],
    supporting: [
      'retention/queue-unbounded',
      'retention/ttl-drops-silently',
      'retention/size-cap-binds-first',
      'retention/idle-group-offsets-expire',
      'rabbitmq/overflow-policy',
      'redis/trimming-declared',
      'kafka/tombstone-window',
      'pattern/broker-as-database',
      'security/pii-long-retention',
      'celery/result-expiry',
    ],
    applies: channels,
  },
  {
    id: 'ordering',
    title: 'Is the ordering that is needed documented, and kept?',
    gates: [
      'ordering/requirement-stated',
      'ordering/channel-cannot-provide',
      'ordering/partition-key-required',
      'ordering/retry-reorders',
    ],
    supporting: [
      'ordering/key-consistent',
      'ordering/partitioner-consistent',
      'ordering/concurrent-handler',
      'ordering/partition-growth-remaps-keys',
      'ordering/total-order-serial',
      'rabbitmq/single-active-consumer',
      'sqs/fifo-group-key',
      'sns/fifo-chain',
      'kinesis/partition-key',
      'kafka/idempotent-producer',
      'kafka/share-group-fit',
    ],
    asks: ['ordering/requirement-stated'],
    applies: (graph) => flows()(graph) || consumers(graph),
  },
  {
    id: 'scaling',
    title: 'Is there a plan for growing volume?',
    gates: [
      'capacity/inputs-declared',
      'capacity/consumer-overloaded',
      'capacity/growth-10x',
      'capacity/parallelism-cap',
      'capacity/payload-limit',
    ],
    supporting: [
      'capacity/hot-key',
      'capacity/drain-time',
      'capacity/latency-slo',
      'capacity/broker-envelope',
      'capacity/payload-heavy',
      'sqs/fifo-throughput',
      'sqs/in-flight-limit',
      'kinesis/shard-write-capacity',
      'kinesis/read-fanout',
      'kafka/partition-budget',
      'redis/memory-fit',
      'rabbitmq/backlog-or-fanout-too-big',
      'ordering/partition-growth-remaps-keys',
    ],
    asks: ['capacity/inputs-declared'],
    applies: (graph) => flows()(graph) || consumers(graph),
  },
  {
    id: 'contracts',
    title: 'Are the contracts documented?',
    gates: [
      'schema/message-typed',
      'schema/envelope-complete',
      'schema/version-present',
      'schema/consumer-accepts-version',
    ],
    supporting: ['schema/compatibility-mode', 'schema/breaking-change', 'schema/example-validates'],
    applies: ({ design }) => design.messages.size > 0 || design.producers.size > 0,
  },
  {
    id: 'durability',
    title: 'Are messages durable and confirmed from end to end?',
    gates: [
      'kafka/replication-factor',
      'kafka/min-insync-replicas',
      'kafka/acks-all',
      'kafka/idempotent-producer',
      'rabbitmq/durable-and-persistent',
      'rabbitmq/publisher-confirms',
      'rabbitmq/unroutable-handled',
      'redis/persistence',
      'pattern/dual-write',
    ],
    supporting: [
      'rabbitmq/critical-queue-quorum',
      'kafka/compaction-needs-key',
      'kafka/unclean-election',
      'kinesis/partial-put-failure',
      'celery/acks-late',
      'celery/worker-lost',
      'redis/eviction',
    ],
    applies: channels,
  },
  {
    id: 'leases',
    title: 'Do leases and timeouts fit the work?',
    gates: [
      'kafka/manual-commit',
      'kafka/max-poll-interval',
      'rabbitmq/consumer-timeout',
      'sqs/visibility-vs-batch',
      'sqs/visibility-lambda',
      'redis/pending-reclaim',
      'celery/visibility-timeout',
      'celery/eta-vs-visibility',
      'celery/shared-broker-visibility',
    ],
    supporting: [
      'rabbitmq/prefetch',
      'sqs/long-polling',
      'sqs/partial-batch',
      'kafka/share-lock-duration',
      'celery/time-limit',
    ],
    applies: consumers,
  },
  {
    id: 'platform',
    title: 'Is the platform current and safe?',
    gates: [
      'rabbitmq/mirroring-removed',
      'kafka/kraft-only',
      'security/default-credentials',
      'security/unsafe-serializer',
      'naming/broker-charset',
    ],
    supporting: [
      'kafka/auto-create-off',
      'kafka/rebalance-hygiene',
      'rabbitmq/policy-over-arguments',
      'security/tls',
    ],
    applies: ({ design }) => design.brokers.size > 0,
  },
];
