/** A setting together with why it is what it is; the reason becomes a comment beside it. */
export interface Decision<T> {
  readonly value: T;
  readonly reason: string;
}

/** A channel that consumers read, by its name on the broker. */
export type ChannelPlan = QueueName | TopicName;

interface QueueName {
  readonly queue: string;
}

interface TopicName {
  readonly topic: string;
}

export type DestinationPlan = { readonly exchange: string; readonly routingKey: string } | ChannelPlan;

export interface RetryPlan<Channel extends ChannelPlan = ChannelPlan> {
  readonly maxAttempts: number;
  readonly backoff: 'exponential' | 'linear' | 'fixed';
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly jitter: 'full' | 'none';
  readonly nonRetryable: readonly string[];
  readonly tiers: readonly ({ readonly delayMs: number } & Channel)[];
}

export interface IdempotencyPlan {
  readonly keyFrom: readonly string[];
  readonly leaseMs: number;
  readonly doneTtlMs: number | 'permanent';
  readonly deadTtlMs: number;
}

/** A consumer's records, and where they are kept. */
export interface RememberedPlan extends IdempotencyPlan {
  readonly store: 'redis' | 'postgres';
  /** The handler works in the transaction that also holds the done-mark. */
  readonly inbox: boolean;
}

/** A topic as a consumer reads it. */
export interface TopicSourcePlan {
  readonly topic: string;
  readonly group: string;
  /** The consumer's own topic, for its retries and for replays of its dead letters. */
  readonly retryTopic: string;
  readonly startFrom: Decision<'earliest' | 'latest'>;
}

/** A stream that is read besides the queue, which then holds the consumer's retries and replays. */
export interface StreamSourcePlan {
  readonly stream: string;
  readonly group: string;
  readonly startFrom: 'earliest' | 'latest';
}

/** A consumer as the messaging library takes it, with reasons. Times in ms. */
export type ConsumerPlan = QueueConsumerPlan | TopicConsumerPlan;
export type QueueConsumerPlan = ConsumerSettingsPlan<QueueName> &
  QueueName & { readonly source?: StreamSourcePlan };
export type TopicConsumerPlan = ConsumerSettingsPlan<TopicName> & TopicSourcePlan;

/** What does not depend on where the messages come from. */
interface ConsumerSettingsPlan<Channel extends ChannelPlan> {
  readonly id: string;
  readonly broker: string;
  readonly messages: readonly string[];
  /** Types in the same channel that are for other consumers. */
  readonly ignores?: readonly string[];
  readonly prefetch: Decision<number>;
  readonly concurrency: Decision<number>;
  readonly ordering: Decision<'none' | 'per-key' | 'total'>;
  readonly orderingKey: string | undefined;
  readonly retry: Decision<RetryPlan<Channel>>;
  readonly deadLetter: Decision<DestinationPlan>;
  /** What follows the last attempt; `undefined` for the dead letter. */
  readonly onFailure?: Decision<'stop'>;
  readonly idempotency: Decision<RememberedPlan | false>;
}

/** A producer as the messaging library takes it. */
export interface ProducerPlan {
  readonly id: string;
  readonly broker: string;
  readonly to: { readonly exchange: string } | ChannelPlan;
  readonly messages: readonly string[];
  /** Routing key by message type; `undefined` where each message goes under its type. */
  readonly routingKeys: Readonly<Record<string, string>> | undefined;
  /** JSON pointer to the key of a record, or of the order in which it is sent; `undefined` for the aggregate id. */
  readonly partitionKey?: string;
  readonly headers: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly ordered: false | 'per-key' | 'total';
  readonly persistent: boolean;
  readonly timeoutMs: number | undefined;
  /** Written into the database together with the data, and sent from there. */
  readonly outbox: boolean;
  /** Why the time-out is what it is, where the design does not say. */
  readonly timeoutReason?: string;
}
