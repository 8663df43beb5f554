import type { Transaction } from './idempotency/transaction.ts';
import type {
  ConsumerDefinition,
  ConsumerSettings,
  HandlerContext,
  IdempotencyPolicy,
  MessageContract,
  ProducerMap,
  QueueSource,
  Received,
  TopicSource,
} from './types.ts';

export interface InboxContext<P extends ProducerMap = ProducerMap> extends HandlerContext<P> {
  /**
   * The transaction of this message. It commits together with the done-mark when the handler returns, and rolls back
   * when the handler throws or the claim is lost: what is written through it is committed once per key. Anything else
   * that the handler causes happens at least once.
   */
  readonly transaction: Transaction;
}

/** The user's code of a consumer with an inbox. */
export type InboxHandler<C extends MessageContract = MessageContract, P extends ProducerMap = ProducerMap> = (
  message: Received<C>,
  context: InboxContext<P>,
) => Promise<void> | void;

export type InboxConsumerDefinition<
  C extends MessageContract = MessageContract,
  P extends ProducerMap = ProducerMap,
> = Omit<ConsumerSettings<C, P>, 'handler' | 'idempotency'> &
  (QueueSource | TopicSource) & {
    handler(message: Received<C>, context: InboxContext<P>): Promise<void> | void;
    readonly idempotency: Omit<IdempotencyPolicy, 'inbox'>;
  };

/** A consumer whose effect and done-mark commit together; the service needs a store with transactions. */
export function defineInboxConsumer<C extends MessageContract, P extends ProducerMap>(
  definition: InboxConsumerDefinition<C, P>,
): ConsumerDefinition<C, P> {
  const { handler, idempotency } = definition;
  return {
    ...definition,
    idempotency: { ...idempotency, inbox: true },
    // With `inbox` the handler is called inside a transaction, or not at all.
    handler: (message, context) => handler(message, context as InboxContext<P>),
  };
}
