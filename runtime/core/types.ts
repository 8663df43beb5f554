/**
 * What a service declares and what its handlers see; with messages and transports, the public vocabulary of the
 * library. All durations are milliseconds.
 */

import type { IdempotencyStore } from './idempotency/store.ts';
import type { Transaction } from './idempotency/transaction.ts';
import type { Logger } from './log.ts';
import type { ContractOf, DataOf, Envelope, Headers, HeaderValue, MessageContract } from './message.ts';
import type { OffsetStore } from './offsets.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import type { Channel, Destination, QueueSource, StreamSource, Transport } from './transport.ts';

export type * from './message.ts';
export type * from './transport.ts';

/** What a routing key or headers function sees of a message about to be sent. */
export interface Outgoing<C extends MessageContract = MessageContract> {
  readonly type: C['type'];
  readonly data: DataOf<C>;
  readonly aggregateId?: string;
}

/** A producer as the design describes it. Make one with `defineProducer`. */
export interface ProducerDefinition<C extends MessageContract = MessageContract> {
  /** Id of the broker: the key in the `transports` given to the service. */
  readonly broker: string;
  readonly to: { readonly exchange: string } | Channel;
  readonly messages: readonly C[];
  /** Default: the message type. Used when sending to an exchange. */
  routingKey?(message: Outgoing<C>): string;
  /** Ordering key, and on a topic the record key, where a send gives none. Default: the aggregate id. */
  key?(message: Outgoing<C>): string | undefined;
  /** Extra headers, e.g. what a headers exchange matches on. */
  headers?(message: Outgoing<C>): Readonly<Record<string, HeaderValue>>;
  /** At most one unsettled message per key; with `total` at most one, whatever its key. Default false. */
  readonly ordered?: boolean | 'total';
  /** Default true. */
  readonly persistent?: boolean;
  /** By when each send settles. Default 30 000. */
  readonly timeoutMs?: number;
  /** Most unsettled sends; further ones wait. Default 256. */
  readonly maxUnsettled?: number;
  /** Set by `defineOutboxProducer`. */
  readonly via?: 'outbox';
}

/** Make one with `defineOutboxProducer`. */
export interface OutboxProducerDefinition<C extends MessageContract = MessageContract>
  extends ProducerDefinition<C> {
  readonly via: 'outbox';
}

export interface SendOptions {
  /** Ordering key, and on a topic the record key. Default: that of the definition, else the aggregate id. */
  readonly key?: string;
  /** Default: a new UUID. Give the same one when the application itself repeats a send. */
  readonly eventId?: string;
  readonly aggregateId?: string;
  readonly time?: Date | string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly idempotencyKey?: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  readonly timeoutMs?: number;
}

/** Proof that the broker has taken the message. */
export interface Receipt {
  readonly eventId: string;
  /** Times it was handed to the broker, 1 or more; above 1 the consumer may see copies with this event id. */
  readonly attempts: number;
}

/**
 * @see send resolves only when the broker has confirmed; it rejects with a `MessagingError` by its deadline otherwise.
 */
export interface Producer<C extends MessageContract = MessageContract> {
  send<Type extends C['type']>(
    type: Type,
    data: DataOf<ContractOf<C, Type>>,
    options?: SendOptions,
  ): Promise<Receipt>;
}

/** A producer whose messages are written into the database together with the data that they tell of. */
export interface OutboxProducer<C extends MessageContract = MessageContract> {
  /**
   * Resolves when the message is written in the transaction. If that commits, the message is sent, at least once and
   * always with this event id; if not, never. With `ordered`, messages of a key are sent in the order of the commits:
   * the second transaction that sends one waits here for the first.
   */
  send<Type extends C['type']>(
    type: Type,
    data: DataOf<ContractOf<C, Type>>,
    options: Omit<SendOptions, 'timeoutMs'> & { readonly transaction: Transaction },
  ): Promise<Pick<Receipt, 'eventId'>>;
  /**
   * Runs `work` in a transaction of the outbox's database, for code outside of an inbox handler: it commits when `work`
   * returns and rolls back when it throws.
   */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

// biome-ignore lint/suspicious/noExplicitAny: the map holds producers of unrelated message types
export type ProducerMap = Readonly<Record<string, ProducerDefinition<any>>>;

/** The live producers of a service, under the names of their definitions. */
export type Producers<P extends ProducerMap> = {
  readonly [Name in keyof P]: P[Name] extends OutboxProducerDefinition<infer C>
    ? OutboxProducer<C>
    : P[Name] extends ProducerDefinition<infer C>
      ? Producer<C>
      : never;
};

/** A validated message, as a handler sees it. A union of contracts narrows on `type`. */
export type Received<C extends MessageContract = MessageContract> =
  C extends MessageContract<infer Type, infer Data>
    ? { readonly type: Type; readonly data: Data; readonly envelope: Envelope; readonly headers: Headers }
    : never;

export interface HandlerContext<P extends ProducerMap = ProducerMap> {
  /** Aborts when the claim on the message is lost or the grace time of a shutdown is over: stop, and cause no effect. */
  readonly signal: AbortSignal;
  /** Handler failures of this message so far, plus one. */
  readonly attempt: number;
  /** The record under which this consumer handles the event; pass it to sinks that take an idempotency key. */
  readonly idempotencyKey: string;
  /** Sends from here carry the correlation id, causation id and trace context of the handled message. */
  readonly producers: Producers<P>;
  readonly log: Logger;
}

/** The user's code. Returning means success; throwing means failure (see `NonRetryableError`). */
export type Handler<C extends MessageContract = MessageContract, P extends ProducerMap = ProducerMap> = (
  message: Received<C>,
  context: HandlerContext<P>,
) => Promise<void> | void;

/**
 * Where a failed message waits for `delayMs`. A delay queue then returns it to the consumer's own queue; a retry topic
 * is read by the consumer itself, which pauses a partition until its next record is due. A shorter wait behind a longer
 * one in the same topic lasts as long as that.
 */
export type RetryTier = { readonly delayMs: number } & Channel;

export interface RetryPolicy {
  /** Handler failures after which the message is dead-lettered; 1 means no retry. */
  readonly maxAttempts: number;
  readonly backoff: 'exponential' | 'linear' | 'fixed';
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** `full`: the delay is drawn from 0 to the back-off ceiling. */
  readonly jitter: 'full' | 'none';
  /** Names of error classes (`error.name`) that are dead-lettered at once. */
  readonly nonRetryable?: readonly string[];
  /**
   * Delay queues or retry topics, in any order. Empty: the handler is repeated in place and its lane waits, which keeps the order;
   * such attempts are forgotten when the process dies.
   */
  readonly tiers: readonly RetryTier[];
}

export interface IdempotencyPolicy {
  /**
   * Parts of the event key: an envelope field (`event_id`, `idempotency_key`, `aggregate_id`, `type`, `time`) or a
   * JSON pointer into the body (`/orderId`). Default `['event_id']`.
   */
  readonly keyFrom?: readonly string[];
  /** How long a claim lasts without renewal; renewed every third of it. Default 30 000. */
  readonly leaseMs?: number;
  /** How long a done-mark is kept: at least the source's redelivery window. Default 86 400 000. */
  readonly doneTtlMs?: number | 'permanent';
  /** How long a dead-mark is kept: at least the retention of the DLQ. Default 1 209 600 000. */
  readonly deadTtlMs?: number;
  /** Set by `defineInboxConsumer`: the handler works in a transaction that also holds the done-mark. */
  readonly inbox?: boolean;
}

/** A topic, read by a group: its members share the partitions, and its committed offsets outlive them. */
export interface TopicSource {
  readonly topic: string;
  readonly group: string;
  /** The consumer's own topic, `<service>.<consumer>.retry`: where its dead letters are replayed to. */
  readonly retryTopic: string;
  /** Where a group without a committed offset begins. Default `earliest`. */
  readonly startFrom?: 'earliest' | 'latest';
}

/** A queue, and the stream that is read besides: the queue is then the consumer's own, for its retries and replays. */
export interface QueueConsumerSource extends QueueSource {
  readonly source?: StreamSource;
}

/** A consumer as the design describes it. Make one with `defineConsumer`. */
export type ConsumerDefinition<
  C extends MessageContract = MessageContract,
  P extends ProducerMap = ProducerMap,
> = ConsumerSettings<C, P> & (QueueConsumerSource | TopicSource);

/** What does not depend on where the messages come from. */
export interface ConsumerSettings<
  C extends MessageContract = MessageContract,
  P extends ProducerMap = ProducerMap,
> {
  readonly broker: string;
  readonly messages: readonly C[];
  /**
   * Types in the same channel that are for others, such as in a log with every event of an entity: acknowledged and not
   * handled. What is neither here nor in `messages` is dead-lettered.
   */
  readonly ignores?: readonly string[];
  handler(message: Received<C>, context: HandlerContext<P>): Promise<void> | void;
  /** Most deliveries held. Default 256. */
  readonly prefetch?: number;
  /** Most handlers at work, across keys. Default 16. */
  readonly concurrency?: number;
  /** `per-key`: one at a time per key, in order; `total`: one at a time. Default `none`. */
  readonly ordering?: 'none' | 'per-key' | 'total';
  /** The lane key: envelope field or JSON pointer, as in `IdempotencyPolicy.keyFrom`. Default `aggregate_id`. */
  readonly orderingKey?: string;
  readonly retry: RetryPolicy;
  readonly deadLetter: Destination;
  /**
   * After the last attempt. `stop` is for flows where nothing of a key may take effect before what came earlier: the
   * message holds its lane, not acknowledged, and the service is not ready; the next start tries it again. What cannot be
   * read is dead-lettered all the same. Default `dead-letter`.
   */
  readonly onFailure?: 'dead-letter' | 'stop';
  /** `false`: no store, each delivery runs the handler: at-least-once with visible duplicates. */
  readonly idempotency: IdempotencyPolicy | false;
}

export interface ServiceContext<P extends ProducerMap = ProducerMap> {
  readonly producers: Producers<P>;
  readonly log: Logger;
  /** Aborts when the service stops. */
  readonly signal: AbortSignal;
}

/** A service as the design describes it. Make one with `defineService`. */
export interface ServiceDefinition<P extends ProducerMap = ProducerMap> {
  readonly name: string;
  readonly producers: P;
  // biome-ignore lint/suspicious/noExplicitAny: the map holds consumers of unrelated message types
  readonly consumers: Readonly<Record<string, ConsumerDefinition<any, NoInfer<P>>>>;
  /** The service's own work besides handling messages, e.g. an HTTP server; awaited on shutdown. */
  run?(context: ServiceContext<P>): Promise<void> | void;
}

export interface ServiceOptions {
  /** One transport per broker id of the definitions. They are started, and closed, with the service. */
  readonly transports: Readonly<Record<string, Transport>>;
  /** Needed when a consumer has an idempotency policy. */
  readonly store?: IdempotencyStore;
  /** Needed when a consumer reads a stream. Default: the store, which has to be one that keeps offsets. */
  readonly offsets?: OffsetStore;
  /** Needed when a producer sends through an outbox. */
  readonly outbox?: Outbox;
  readonly log?: Logger;
  /** What watches the service. Default: nothing; `runService` gives metrics and traces. */
  readonly telemetry?: Telemetry;
  /** How long a shutdown waits for handlers at work. Default 20 000. */
  readonly graceMs?: number;
}

/** A service at work. */
export interface RunningService<P extends ProducerMap = ProducerMap> extends ServiceContext<P> {
  readonly ready: boolean;
  /** Why it is not ready, for people; empty when ready. */
  readonly problems: readonly string[];
  /** Messages taken from the broker and not yet settled. */
  readonly inFlight: number;
  /** Stops intake, drains within the grace time, flushes, closes. False: something was still at work. */
  stop(): Promise<boolean>;
}
