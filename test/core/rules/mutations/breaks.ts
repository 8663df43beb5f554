import type { Section } from '../../../../core/kinds/registry.ts';

/** Values of one attribute that break a rule. */
export interface Break {
  /** Attribute by which the rule judges, such as `queues.deadLetter.maxReceiveCount`. */
  readonly attribute: `${Section | 'design'}.${string}`;
  /** The values; `undefined` takes the attribute away. */
  readonly to: readonly unknown[];
  /** Elements that are changed; missing = all that have the attribute in a clean design. */
  readonly on?: readonly string[];
}

const breakOf = (attribute: Break['attribute'], to: readonly unknown[], on?: readonly string[]): Break => ({
  attribute,
  to,
  ...(on && { on }),
});
const GONE = [undefined];
const KAFKA = ['hold-stock', 'show-stock', 'reserve-stock', 'count-orders'];
const SQS = ['write-invoice', 'print-receipt', 'book'];
const HISTORY = { replay: true };

/** What breaks each rule, from the conditions under which the rule is meant to report. */
export const breaks: Readonly<Record<string, readonly Break[]>> = {
  'pattern/flow-pattern-declared': [breakOf('flows.pattern', GONE)],
  'pattern/channel-contradicts-pattern': [
    breakOf('flows.pattern', ['stream'], ['sell', 'ledger', 'encoding', 'ship', 'pick', 'label']),
    breakOf('consumers.channel', ['charges'], ['write-mail']),
  ],
  'pattern/competing-services-on-queue': [
    breakOf('consumers.channel', ['charges'], ['write-mail']),
    breakOf('consumers.channel', ['payments'], ['ship-order']),
    breakOf('consumers.group', ['analytics.orders'], ['reserve-stock']),
  ],
  'pattern/workers-receive-copies': [breakOf('queues.exclusive', [true], ['pick-items'])],
  'pattern/history-needs-stream': [
    breakOf(
      'flows.needs',
      [HISTORY, { audit: true }, { lateSubscribers: true }],
      ['sell', 'invoice', 'pay', 'ship'],
    ),
  ],
  'pattern/stream-without-need': [breakOf('flows.ordering', ['none'], ['advice'])],
  'pattern/topic-without-subscriber': [breakOf('bindings.source', ['orders'], ['picking-pick'])],
  'pattern/broker-as-database': [
    breakOf('flows.stateOfRecord', ['broker'], ['sell', 'ledger', 'pay', 'ship']),
    breakOf('consumers.queriesByKey', [true], ['charge-card', 'hold-stock', 'take-payment', 'reserve-stock']),
    breakOf('consumers.celery.eta', ['7d'], ['encode']),
  ],
  'idempotency/consumer-strategy-declared': [breakOf('consumers.idempotency', [undefined, 'none'])],
  'idempotency/ack-after-processing': [breakOf('consumers.ack', ['before', 'auto'])],
  'idempotency/key-is-stable': [breakOf('idempotencyPolicies.keyFrom', [['/sentAt'], ['/receiptHandle']])],
  'idempotency/ttl-covers-redelivery': [breakOf('idempotencyPolicies.ttl', ['1m'])],
  'idempotency/claim-has-lease': [breakOf('idempotencyPolicies.claim', ['before'], ['inbox'])],
  'idempotency/check-then-act-race': [breakOf('idempotencyPolicies.atomicity', ['none'], ['keys'])],
  'idempotency/exactly-once-claim': [
    breakOf('flows.delivery', ['exactly-once'], ['sell', 'ledger', 'pay', 'ship', 'pick']),
  ],
  'dlq/required': [
    breakOf('queues.deadLetter', GONE, ['charges', 'mails', 'invoices', 'videos', 'payments', 'shipping']),
    breakOf(
      'consumers.onFailure',
      ['drop'],
      ['charge-card', 'take-payment', 'write-invoice', 'encode', 'ship-order'],
    ),
  ],
  'dlq/kafka-poison-blocks-partition': [breakOf('retryPolicies.maxAttempts', [-1], ['in-place'])],
  'dlq/self-or-cycle': [
    breakOf('queues.deadLetter.target', ['invoices'], ['invoices']),
    breakOf('queues.deadLetter', ['mails'], ['mails.dlq']),
    breakOf('queues.deadLetter', ['payments'], ['payments.dlq']),
    breakOf('queues.deadLetter', ['charges'], ['charges.dead']),
  ],
  'dlq/unrouted-dlx': [
    breakOf('bindings.routingKey', ['other'], ['charges-dead']),
    breakOf('queues.deadLetter.routingKey', ['other']),
    breakOf('queues.deadLetter.exchange', ['nowhere']),
  ],
  'dlq/attempts-bounded': [
    breakOf('retryPolicies.maxAttempts', [-1]),
    breakOf('queues.retry.maxAttempts', [-1]),
  ],
  'dlq/backoff-jitter-cap': [
    breakOf('retryPolicies.jitter', ['none']),
    breakOf('retryPolicies.backoff', ['fixed']),
    breakOf('retryPolicies.maxDelay', ['7d']),
    breakOf('queues.retry.jitter', ['none']),
  ],
  'dlq/blocking-retry-fits-lease': [
    breakOf('consumers.maxPollInterval', ['1s']),
    breakOf('consumers.processing.p99', ['1h'], [...KAFKA, 'book', 'recommend']),
  ],
  'dlq/replay-plan': [breakOf('queues.deadLetter.redrive', ['manual'], ['charges'])],
  'ordering/requirement-stated': [breakOf('flows.ordering', GONE)],
  'ordering/channel-cannot-provide': [
    breakOf('flows.ordering', ['per-key'], ['sell', 'invoice', 'pay', 'ship']),
  ],
  'ordering/partition-key-required': [
    breakOf('messages.aggregateIdPath', GONE, ['stock.changed']),
    breakOf('producers.messageGroupId', GONE),
  ],
  'ordering/retry-reorders': [
    breakOf('consumers.onFailure', ['dead-letter', 'drop'], [...KAFKA, 'book', 'meter-usage', 'recommend']),
    breakOf('retryPolicies.mode', ['retry-topic'], ['in-place']),
  ],
  'retention/declared': [
    breakOf('queues.retention', GONE),
    breakOf('streams.retention', GONE, ['sale.events', 'order.events']),
  ],
  'retention/covers-outage-and-drain': [
    breakOf('queues.retention', ['1h'], ['invoices', 'receipts']),
    breakOf('streams.retention', ['1h'], ['sale.events', 'order.events', 'meters']),
    breakOf('flows.maxConsumerOutage', ['365d'], ['sales-history', 'history', 'usage']),
  ],
  'retention/covers-replay': [
    breakOf('streams.retention', ['7d'], ['sale.events', 'order.events', 'meters']),
    breakOf('flows.replayHorizon', ['400d'], ['sales-history', 'history', 'usage']),
  ],
  'retention/queue-unbounded': [
    breakOf('queues.maxLength', GONE, [
      'charges',
      'mails',
      'payments',
      'shipping',
      'pick-items',
      'email',
      'tracking',
    ]),
  ],
  'capacity/inputs-declared': [
    breakOf('producers.rate', GONE),
    breakOf('messages.size', GONE),
    breakOf('consumers.processing', GONE),
  ],
  'capacity/consumer-overloaded': [
    breakOf('producers.rate.peak', ['1000000/s']),
    breakOf('consumers.processing.p50', ['1h']),
  ],
  'capacity/growth-10x': [breakOf('design.growthFactor', [100]), breakOf('flows.scalePlan', GONE)],
  'capacity/hot-key': [
    breakOf('producers.keyCardinality', [2], ['sale-log', 'stock-log', 'gateway', 'cart-log']),
    breakOf('producers.hotKeyShare', [1], ['gateway']),
  ],
  'capacity/drain-time': [
    breakOf('flows.recoveryTarget', ['1s'], ['sales-history', 'sell', 'ledger', 'history', 'pay', 'ship']),
  ],
  'capacity/parallelism-cap': [
    breakOf('services.replicas.max', [1000], ['stock', 'analytics', 'inventory']),
    breakOf('streams.partitions', [1], ['sale.events', 'order.events']),
  ],
  'capacity/payload-limit': [
    breakOf(
      'messages.size.max',
      ['64MiB'],
      ['sale.opened', 'sale.paid', 'stock.changed', 'meter.read', 'order.created', 'pick.requested'],
    ),
  ],
  'monitoring/backlog-alert': [breakOf('alerts.metric', ['age'], ['invoices-depth'])],
  'monitoring/age-alert': [breakOf('alerts.metric', ['depth'], ['charges-age'])],
  'monitoring/dlq-alert': [
    breakOf('alerts.target', ['mails.dlq'], ['invoices-dlq-dead', 'charges-dead-dead']),
  ],
  'monitoring/growth-not-only-level': [breakOf('alerts.kind', ['level'])],
  'monitoring/correlation-id': [
    breakOf('messages.envelope', ['none'], ['meter.read', 'cart.changed', 'stock.changed']),
    breakOf('services.tracing', [false], ['stock', 'shipping']),
  ],
  'schema/message-typed': [breakOf('messages.schema', GONE), breakOf('producers.messages', GONE)],
  'schema/envelope-complete': [breakOf('messages.envelope', ['none'])],
  'schema/version-present': [breakOf('messages.version', GONE)],
  'schema/consumer-accepts-version': [
    breakOf('consumers.accepts', [[2]]),
    breakOf('messages.version', [2], ['sale.opened', 'stock.changed', 'meter.read']),
  ],
  'naming/broker-charset': [
    breakOf('queues.name', ['amq.jobs'], ['charges', 'payments', 'shipping']),
    breakOf('queues.name', ['spaces and dots.'], ['invoices']),
    breakOf('streams.name', ['spaces and/slashes'], ['sale.events', 'order.events', 'meters']),
  ],
  'naming/convention': [
    breakOf('design.naming', [{ queues: 'x-.*' }, { messages: '[a-z]+' }]),
    breakOf('queues.name', ['Charges'], ['charges']),
  ],
  'security/default-credentials': [
    breakOf('brokers.auth.mode', ['none'], ['events', 'work', 'cache']),
    breakOf('brokers.auth.secretRef', ['guest'], ['work']),
  ],
  'kafka/replication-factor': [
    breakOf('streams.replication', [1, 2]),
    breakOf('brokers.nodes', [1, 2], ['events']),
  ],
  'kafka/min-insync-replicas': [breakOf('streams.minInsync', [1, 3]), breakOf('streams.replication', [2])],
  'kafka/acks-all': [breakOf('producers.acks', ['1', '0'])],
  'kafka/idempotent-producer': [
    breakOf('producers.idempotence', [false]),
    breakOf('producers.maxInFlight', [6, 1000]),
    breakOf('producers.retries', [0]),
  ],
  'kafka/manual-commit': [breakOf('consumers.autoCommit', [true])],
  'kafka/max-poll-interval': [
    breakOf('consumers.maxPollRecords', [100_000]),
    breakOf('consumers.maxPollInterval', ['1s']),
    breakOf('consumers.processing.p99', ['600ms', '1h'], KAFKA),
  ],
  'kafka/group-per-service': [
    breakOf('consumers.group', ['stock.hold'], ['show-stock']),
    breakOf('consumers.group', ['books.stock'], ['hold-stock']),
  ],
  'kafka/compaction-needs-key': [breakOf('messages.aggregateIdPath', GONE, ['stock.changed'])],
  'rabbitmq/mirroring-removed': [
    breakOf(
      'brokers.policies',
      [[{ name: 'ha', pattern: '.*', definition: { 'ha-mode': 'all' } }]],
      ['work'],
    ),
  ],
  'rabbitmq/durable-and-persistent': [
    breakOf('exchanges.durable', [false]),
    breakOf('queues.durable', [false]),
    breakOf('producers.persistent', [false]),
  ],
  'rabbitmq/publisher-confirms': [breakOf('producers.confirms', [false])],
  'rabbitmq/unroutable-handled': [
    breakOf('producers.mandatory', [false]),
    breakOf('producers.onReturn', ['ignore']),
  ],
  'rabbitmq/binding-never-matches': [
    breakOf('bindings.routingKey', ['no.such.key.ever']),
    breakOf('bindings.headers', [{ carrier: 'nobody' }]),
    breakOf('producers.routingKeys', [['a', 'b']]),
  ],
  'rabbitmq/prefetch': [
    breakOf('consumers.prefetch', [0, 1]),
    breakOf('consumers.prefetch', [2001], ['charge-card', 'take-payment']),
  ],
  'rabbitmq/nack-requeue-loop': [
    breakOf('consumers.onError', ['nack-requeue']),
    breakOf('consumers.onError', ['reject-requeue'], ['write-mail', 'send-email']),
  ],
  'rabbitmq/delivery-limit': [
    breakOf('queues.deliveryLimit', [-1, 1, 5]),
    breakOf('queues.deadLetter', GONE, ['charges']),
  ],
  'rabbitmq/overflow-policy': [
    breakOf('queues.overflow', ['reject-publish-dlx'], ['charges', 'payments', 'shipping', 'tracking']),
    breakOf('queues.overflow', ['drop-head'], ['charges.dead', 'mails.dlq', 'unrouted.parked']),
    breakOf('producers.confirms', [false]),
  ],
  'rabbitmq/consumer-timeout': [
    breakOf('consumers.processing.p99', ['40m'], ['charge-card', 'take-payment', 'ship-order', 'pick-item']),
    breakOf('queues.consumerTimeout', ['1m']),
  ],
  'sqs/long-polling': [breakOf('queues.waitTime', ['0s', '5s', '30s'])],
  'sqs/visibility-vs-batch': [
    breakOf('queues.visibility', ['0s', '1d']),
    breakOf('consumers.processing.p99', ['10m'], SQS),
    breakOf('consumers.batchSize', [10_000], SQS),
  ],
  'sqs/max-receive-count': [breakOf('queues.deadLetter.maxReceiveCount', [1, 2])],
  'sqs/dlq-type-match': [
    breakOf('queues.type', ['fifo'], ['invoices-dlq', 'receipts-dlq']),
    breakOf('queues.type', ['standard'], ['ledger-dlq.fifo']),
    breakOf('queues.broker', ['aws-other'], ['invoices-dlq']),
  ],
  'sqs/dlq-retention': [
    breakOf('queues.retention', ['14d'], ['invoices', 'receipts']),
    breakOf('queues.retention', ['1d', undefined], ['invoices-dlq', 'receipts-dlq']),
  ],
  'sqs/fifo-throughput': [breakOf('producers.rate.peak', ['9000/s'], ['ledger-entries'])],
  'sqs/fifo-group-key': [
    breakOf('producers.messageGroupId', ['everything']),
    breakOf('producers.keyCardinality', [2], ['ledger-entries']),
  ],
  'sns/filter-never-matches': [
    breakOf('subscriptions.filter', [{ nothing: ['x'] }]),
    breakOf('messages.attributes', [undefined, ['other']], ['sale.paid']),
    breakOf('messages.schema', [{ type: 'object', properties: {} }], ['sale.paid']),
  ],
  'kinesis/shard-write-capacity': [
    breakOf('producers.rate.peak', ['90000/s'], ['gateway']),
    breakOf('messages.size.avg', ['1MiB'], ['meter.read']),
    breakOf('streams.partitions', [1], ['meters']),
  ],
  'kinesis/poison-blocks-shard': [
    breakOf('consumers.esm.maxRetryAttempts', [-1]),
    breakOf('consumers.esm.bisect', [false]),
    breakOf('consumers.esm.onFailure', ['none']),
  ],
  'redis/trimming-declared': [breakOf('streams.maxLen', GONE, ['carts'])],
  'redis/pending-reclaim': [
    breakOf('consumers.reclaim.minIdle', ['100ms']),
    breakOf('consumers.processing.p99', ['2m'], ['recommend']),
  ],
  'redis/dlq-by-delivery-count': [
    breakOf('consumers.maxDeliveries', [1]),
    breakOf('consumers.noack', [true]),
  ],
  'celery/acks-late-needs-idempotency': [breakOf('consumers.idempotency', [undefined, 'none'], ['encode'])],
  'celery/manual-retry-defeats-backoff': [breakOf('consumers.celery.manualRetry', [true])],
  'celery/worker-lost': [breakOf('consumers.celery.rejectOnWorkerLost', [false])],
  'celery/prefetch-multiplier': [
    breakOf('consumers.celery.prefetchMultiplier', [0, 4]),
    breakOf('consumers.celery.acksLate', [false]),
  ],
  'celery/visibility-timeout': [
    breakOf('consumers.celery.visibilityTimeout', ['5m']),
    breakOf('consumers.celery.timeLimit', ['2h']),
  ],
  'celery/no-dlq-by-default': [breakOf('consumers.celery.acksOnFailure', [true])],
};
