/** A setting together with why it is what it is; the reason becomes a comment beside it. */
export interface Decision<T> {
  readonly value: T;
  readonly reason: string;
}

export type DestinationPlan =
  | { readonly exchange: string; readonly routingKey: string }
  | { readonly queue: string };

export interface RetryPlan {
  readonly maxAttempts: number;
  readonly backoff: 'exponential' | 'linear' | 'fixed';
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly jitter: 'full' | 'none';
  readonly nonRetryable: readonly string[];
  readonly tiers: readonly { readonly delayMs: number; readonly queue: string }[];
}

export interface IdempotencyPlan {
  readonly keyFrom: readonly string[];
  readonly leaseMs: number;
  readonly doneTtlMs: number;
  readonly deadTtlMs: number;
}

/** A consumer as the messaging library takes it, with reasons. Times in ms. */
export interface ConsumerPlan {
  readonly id: string;
  readonly broker: string;
  readonly queue: string;
  readonly messages: readonly string[];
  readonly prefetch: Decision<number>;
  readonly concurrency: Decision<number>;
  readonly ordering: Decision<'none' | 'per-key' | 'total'>;
  readonly orderingKey: string | undefined;
  readonly retry: Decision<RetryPlan>;
  readonly deadLetter: Decision<DestinationPlan>;
  readonly idempotency: Decision<IdempotencyPlan | false>;
}

/** A producer as the messaging library takes it. */
export interface ProducerPlan {
  readonly id: string;
  readonly broker: string;
  readonly to: { readonly exchange: string } | { readonly queue: string };
  readonly messages: readonly string[];
  /** Routing key by message type; `undefined` where each message goes under its type. */
  readonly routingKeys: Readonly<Record<string, string>> | undefined;
  readonly headers: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly ordered: boolean;
  readonly persistent: boolean;
  readonly timeoutMs: number | undefined;
}
