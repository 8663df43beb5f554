import type {
  ConsumerDefinition,
  MessageContract,
  OutboxProducerDefinition,
  ProducerDefinition,
  ProducerMap,
  ServiceDefinition,
} from './types.ts';

/** Gives a contract its body type: `defineMessage<OrderPlaced>()({ type: 'order.placed', … })`. */
export function defineMessage<Data>(): <const Type extends string>(
  contract: Omit<MessageContract<Type, Data>, 'data'>,
) => MessageContract<Type, Data> {
  return (contract) => contract;
}

/** Checks a producer at compile time; its messages decide what `send` accepts. */
export function defineProducer<C extends MessageContract>(
  definition: ProducerDefinition<C>,
): ProducerDefinition<C> {
  return definition;
}

/** A producer whose messages are sent from a table, once the transaction that wrote them has committed. */
export function defineOutboxProducer<C extends MessageContract>(
  definition: ProducerDefinition<C>,
): OutboxProducerDefinition<C> {
  return { ...definition, via: 'outbox' };
}

/** Checks at compile time that the handler fits the messages. */
export function defineConsumer<C extends MessageContract, P extends ProducerMap>(
  definition: ConsumerDefinition<C, P>,
): ConsumerDefinition<C, P> {
  return definition;
}

export function defineService<P extends ProducerMap>(definition: ServiceDefinition<P>): ServiceDefinition<P> {
  return definition;
}
