/** Messages: what services agree on, and how they travel. Sizes are bytes. */

/** A header value every broker can carry unchanged. */
export type HeaderValue = string | number | boolean;

/** Application headers. Names that start with `loom-` belong to the library (see docs/runtime.md). */
export type Headers = Readonly<Record<string, unknown>>;

/** What a schema compiler returns; Ajv's `ValidateFunction` fits as it is. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly { instancePath: string; message?: string | undefined }[] | null;
}

/**
 * One message type as both sides see it. `Data` is the type of the JSON body; it lives only in the type system.
 */
export interface MessageContract<Type extends string = string, Data = unknown> {
  readonly type: Type;
  /** Version of the schema, sent with each message. */
  readonly version: number;
  /** Largest encoded body, checked before the send and on receipt. */
  readonly maxBytes: number;
  /** `none`: a foreign message; only the body is ours, nothing is expected in the headers. */
  readonly envelope: 'domain-event' | 'none';
  /** JSON pointer to the aggregate id in the body, e.g. `/orderId`. */
  readonly aggregateIdPath?: string;
  readonly validate: Validator;
  /** Never present at run time: carries `Data` for the compiler. */
  readonly data?: Data;
}

/** The body type of a contract. */
export type DataOf<C> = C extends MessageContract<string, infer Data> ? Data : never;

/** The contract with the given type name among a union of contracts. */
export type ContractOf<C, Type extends string> = C extends MessageContract<Type, unknown> ? C : never;

/** What travels with every domain event. */
export interface Envelope {
  /** Assigned once by the producer; the same on every retry, redelivery and replay. */
  readonly eventId: string;
  readonly type: string;
  readonly aggregateId?: string;
  /** RFC 3339, the event's own time. */
  readonly time: string;
  readonly schemaVersion: number;
  readonly correlationId: string;
  /** Event id of the message whose handling caused this one. */
  readonly causationId?: string;
  readonly idempotencyKey?: string;
  /** W3C trace context, passed through untouched. */
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** Broker message properties that are kept on retry and dead-letter copies. */
export interface MessageProperties {
  readonly messageId?: string;
  readonly type?: string;
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly correlationId?: string;
  readonly replyTo?: string;
  readonly appId?: string;
  readonly priority?: number;
  /** Seconds since the epoch, as AMQP has it. */
  readonly timestamp?: number;
  /** Survives a broker restart; false only for loss-tolerant flows. */
  readonly persistent: boolean;
}

/** A message as a transport carries it. */
export interface WireMessage {
  readonly body: Uint8Array;
  readonly headers: Headers;
  readonly properties: MessageProperties;
}

/** Why a message is in a dead-letter queue: it could not be read, must not be tried again, or was tried often enough. */
export type DeadLetterReason = 'invalid' | 'non-retryable' | 'attempts-exhausted';
