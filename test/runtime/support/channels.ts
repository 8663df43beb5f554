import {
  type ConsumerDefinition,
  type Destination,
  defineConsumer,
  defineProducer,
  type LogSource,
  type LogTopology,
  type ProducerDefinition,
  type QueueDeclaration,
  type QueueSource,
  type RetryPolicy,
  type Topology,
} from '../../../runtime/index.ts';
import {
  type OrderHandler,
  type OrderOverrides,
  type OrderPlaced,
  type OrderProducers,
  orderConsumer,
  orderPlaced,
  orderProducer,
  retryPolicy,
  workQueue,
} from './scenario.ts';

/**
 * How the scenarios of the suites look on a broker: on queues, or on a log. `name` is the work channel; its dead letters
 * are in `<name>.dlq`.
 */
export interface Channels {
  readonly kind: 'queue' | 'log';
  /** The work channel with everything around it. One partition only where the test needs a total order. */
  work(name: string, partitions?: 1): Topology | LogTopology;
  /** One plain channel. */
  plain(name: string): Topology | LogTopology;
  /** The same, but not as the two above declare it. */
  other(name: string): Topology | LogTopology;
  /** Straight to the channel; on a log always to the same partition. */
  to(name: string): Destination;
  /** The channel that only the consumer of the work channel reads: where a replay goes. */
  own(name: string): string;
  /** The header by which a dead letter of that consumer says so. */
  failedAt(name: string): Readonly<Record<string, string>>;
  producer(name: string, ordered?: boolean): OrderProducers;
  consumer(
    name: string,
    handler: OrderHandler,
    overrides?: OrderOverrides,
  ): ConsumerDefinition<OrderPlaced, OrderProducers>;
  retry(name: string, overrides?: Partial<RetryPolicy>): RetryPolicy;
  /** Reads what the consumer of the work channel has left. */
  rest(name: string): QueueSource | LogSource;
  /** Reads a channel from its beginning, for nobody else. */
  all(name: string): QueueSource | LogSource;
  /** Header values as they arrive: a log has texts only. */
  headerValue(value: string | number | boolean): string | number | boolean;
  /** Of a log: a group settles each record for itself, instead of moving a position. */
  readonly settlesEach?: boolean;
  /** Of queues: exchanges, refusals and dead-lettering as RabbitMQ has them. */
  readonly amqp?: boolean;
  /** As many messages at most are in the channel again when a cut has taken the answers to a batch sent and one deleted. */
  readonly copiesOfACut?: number;
  /** What the names of its channels have to be like. */
  nameOf?(name: string): string;
  /** Of a log: offsets are the broker's own and do not count from 0. */
  readonly anyOffset?: boolean;
}

export const queues: Channels = {
  kind: 'queue',
  amqp: true,
  work: workQueue,
  plain: (name) => ({ exchanges: [], queues: [{ name, durable: true }], bindings: [] }),
  other: (name) => {
    const changed = { name, durable: true, arguments: { 'x-message-ttl': 5 } };
    return { exchanges: [], queues: [changed], bindings: [] };
  },
  to: (queue) => ({ queue }),
  own: (queue) => queue,
  failedAt: (queue) => ({ 'loom-dlq-queue': queue }),
  producer: orderProducer,
  consumer: orderConsumer,
  retry: retryPolicy,
  rest: (queue) => ({ queue }),
  all: (queue) => ({ queue }),
  headerValue: (value) => value,
};

const delays = [20, 60];
const retryTopic = (name: string) => `${name}.work.retry`;
const groupOf = (name: string) => `${name}.group`;

export const topics: Channels = {
  kind: 'log',
  work: (name, partitions) => ({
    topics: [
      { name, partitions: partitions ?? 3 },
      { name: retryTopic(name), partitions: 1 },
      ...delays.map((delay) => ({ name: `${name}.retry.${delay}ms`, partitions: 1 })),
      { name: `${name}.dlq`, partitions: 1 },
    ],
  }),
  plain: (name) => ({ topics: [{ name, partitions: 1 }] }),
  other: (name) => ({ topics: [{ name, partitions: 7 }] }),
  to: (topic) => ({ topic, key: 'k' }),
  own: retryTopic,
  failedAt: (name) => ({ 'loom-dlq-topic': retryTopic(name) }),
  producer: (topic, ordered = false) => {
    const orders: ProducerDefinition<OrderPlaced> = {
      broker: 'b',
      to: { topic },
      messages: [orderPlaced],
      ordered,
    };
    return { orders: defineProducer(orders) };
  },
  consumer: (topic, handler, overrides = {}) =>
    defineConsumer<OrderPlaced, OrderProducers>({
      broker: 'b',
      topic,
      group: groupOf(topic),
      retryTopic: retryTopic(topic),
      messages: [orderPlaced],
      handler,
      retry: topics.retry(topic),
      deadLetter: { topic: `${topic}.dlq` },
      idempotency: { leaseMs: 5_000 },
      ...overrides,
    }),
  retry: (name, overrides = {}) =>
    retryPolicy(name, {
      tiers: delays.map((delayMs) => ({ delayMs, topic: `${name}.retry.${delayMs}ms` })),
      ...overrides,
    }),
  rest: (topic) => ({ topics: [{ topic }], group: groupOf(topic) }),
  all: (topic) => ({ topics: [{ topic }], group: `${topic}.reader-${Math.random()}` }),
  headerValue: String,
};

/** A log whose groups settle each record for itself, as those of Redis do. */
export const streams: Channels = { ...topics, settlesEach: true, anyOffset: true };

/** A log whose offsets are sequence numbers, as those of Kinesis. */
export const shards: Channels = { ...topics, anyOffset: true };

const sqsQueue = (name: string, seconds: number, redrive?: string) => ({
  name,
  durable: true,
  arguments: {
    attributes: {
      VisibilityTimeout: String(seconds),
      ReceiveMessageWaitTimeSeconds: '20',
      ...(name.endsWith('.fifo') ? { FifoQueue: 'true' } : {}),
    },
    ...(redrive === undefined ? {} : { redrive: { queue: redrive, maxReceiveCount: 50 } }),
  },
});
const onlyQueues = (...list: readonly QueueDeclaration[]): Topology => ({
  exchanges: [],
  queues: list,
  bindings: [],
});

/** Standard queues of SQS: producers send to them, and what failed waits in its own queue. */
export const sqsQueues: Channels = {
  kind: 'queue',
  copiesOfACut: 20,
  work: (name) => onlyQueues(sqsQueue(name, 3, `${name}.dlq`), sqsQueue(`${name}.dlq`, 3)),
  plain: (name) => onlyQueues(sqsQueue(name, 3)),
  other: (name) => onlyQueues(sqsQueue(name, 4)),
  to: (queue) => ({ queue }),
  own: (queue) => queue,
  failedAt: (queue) => ({ 'loom-dlq-queue': queue }),
  producer: (queue, ordered = false) => ({
    orders: defineProducer<OrderPlaced>({ broker: 'b', to: { queue }, messages: [orderPlaced], ordered }),
  }),
  consumer: (queue, handler, overrides = {}) =>
    orderConsumer(queue, handler, { retry: sqsQueues.retry(queue), ...overrides }),
  retry: (queue, overrides = {}) =>
    retryPolicy(queue, { tiers: delays.map((delayMs) => ({ delayMs, queue })), ...overrides }),
  rest: (queue) => ({ queue }),
  all: (queue) => ({ queue }),
  headerValue: (value) => value,
};

/** FIFO queues; in their place, what failed is repeated. */
export const fifoQueues: Channels = {
  ...sqsQueues,
  work: (name) => onlyQueues(sqsQueue(name, 3), sqsQueue(`${name}.dlq`, 3)),
  consumer: (queue, handler, overrides = {}) =>
    orderConsumer(queue, handler, { retry: retryPolicy(queue, { tiers: [] }), ...overrides }),
  nameOf: (name) => `${name}.fifo`,
};
