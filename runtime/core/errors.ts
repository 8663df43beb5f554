/** Every error this library raises: a stable code, and whether sending or handling again could help. */
export abstract class MessagingError extends Error {
  abstract readonly code: `LOOM_${string}`;
  /** True: the same operation may succeed later. */
  abstract readonly retryable: boolean;
  override get name(): string {
    return this.constructor.name;
  }
}

/** The body or the envelope breaks its contract. Never retried; a consumer dead-letters it at once. */
export class ValidationError extends MessagingError {
  readonly code = 'LOOM_INVALID_MESSAGE';
  readonly retryable = false;
}

/** The body is larger than the contract allows. */
export class MessageTooLargeError extends MessagingError {
  readonly code = 'LOOM_MESSAGE_TOO_LARGE';
  readonly retryable = false;
}

/** No queue takes the message: a binding is missing or the routing key is wrong. */
export class UnroutableError extends MessagingError {
  readonly code = 'LOOM_UNROUTABLE';
  readonly retryable = false;
}

/** The broker refused the message, e.g. because a queue is full. */
export class PublishRejectedError extends MessagingError {
  readonly code = 'LOOM_PUBLISH_REJECTED';
  readonly retryable = true;
}

/** The connection went away before the broker confirmed. The message may have arrived all the same. */
export class ConnectionLostError extends MessagingError {
  readonly code = 'LOOM_CONNECTION_LOST';
  readonly retryable = true;
}

/** No confirmation by the deadline. The message may have arrived all the same; it was never reported as sent. */
export class SendTimeoutError extends MessagingError {
  readonly code = 'LOOM_SEND_TIMEOUT';
  readonly retryable = true;
}

/** An earlier message of the same ordering key failed, so this one was not sent. */
export class OrderHeldError extends MessagingError {
  readonly code = 'LOOM_ORDER_HELD';
  readonly retryable = true;
}

/** The producer or service is shutting down. */
export class ClosedError extends MessagingError {
  readonly code = 'LOOM_CLOSED';
  readonly retryable = false;
}

/** An exchange or queue is missing at the broker, or exists with other settings. */
export class TopologyError extends MessagingError {
  readonly code = 'LOOM_TOPOLOGY';
  readonly retryable = false;
}

/** A setting is missing or wrong. */
export class ConfigurationError extends MessagingError {
  readonly code = 'LOOM_CONFIGURATION';
  readonly retryable = false;
}

/** The idempotency store is empty where it should not be; an operator has to accept that. */
export class StoreLostError extends MessagingError {
  readonly code = 'LOOM_STORE_LOST';
  readonly retryable = false;
}

/** The store does not answer: nothing may be handled until it does. */
export class StoreUnavailableError extends MessagingError {
  readonly code = 'LOOM_STORE_UNAVAILABLE';
  readonly retryable = true;
}

/** A handler tried to end, or leave, the transaction that it was given. */
export class TransactionControlError extends MessagingError {
  readonly code = 'LOOM_TRANSACTION_CONTROL';
  readonly retryable = false;
}

/** The claim on a message went to another consumer; the reason of the handler's aborted signal. */
export class ClaimLostError extends MessagingError {
  readonly code = 'LOOM_CLAIM_LOST';
  readonly retryable = true;
}

/** Throw this (or a subclass) from a handler to dead-letter the message without further attempts. */
export class NonRetryableError extends MessagingError {
  readonly code: `LOOM_${string}` = 'LOOM_NON_RETRYABLE';
  readonly retryable = false;
}
