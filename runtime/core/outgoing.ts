import { createEnvelope, encode } from './envelope.ts';
import { ValidationError } from './errors.ts';
import type {
  Destination,
  MessageContract,
  Outgoing,
  ProducerDefinition,
  SendOptions,
  WireMessage,
} from './types.ts';

/** A message as it will travel, and where to. */
export interface Prepared {
  readonly message: WireMessage;
  readonly destination: Destination;
  /** Set on ordered flows only. */
  readonly key: string | undefined;
}

/** The one key of a producer whose messages are all in one order. */
const allMessages = '*';

/** Makes the messages of one producer. */
export class MessageFactory {
  readonly #definition: ProducerDefinition;
  readonly #contracts: ReadonlyMap<string, MessageContract>;

  constructor(definition: ProducerDefinition) {
    this.#definition = definition;
    this.#contracts = new Map(definition.messages.map((contract) => [contract.type, contract]));
  }

  /** @throws ValidationError, MessageTooLargeError */
  prepare(type: string, data: unknown, options: SendOptions): Prepared {
    const contract = this.#contracts.get(type);
    if (contract === undefined) throw new ValidationError(`This producer does not send ${type}.`);
    const envelope = createEnvelope(contract, data, options);
    const { aggregateId } = envelope;
    const outgoing: Outgoing = { type, data, ...(aggregateId === undefined ? {} : { aggregateId }) };
    const headers = { ...this.#definition.headers?.(outgoing), ...options.headers };
    const message = encode(contract, data, envelope, headers, this.#definition.persistent ?? true);
    const key = options.key ?? this.#definition.key?.(outgoing) ?? aggregateId;
    const destination = this.#destination(outgoing, key);
    return { message, destination, key: this.#orderingKey(type, key) };
  }

  #destination(outgoing: Outgoing, key: string | undefined): Destination {
    const { to, ordered } = this.#definition;
    const keyed = key === undefined || key === '' ? {} : { key };
    if ('topic' in to) return { ...to, ...keyed };
    // Queues that keep an order keep it among the messages of one key.
    const ofQueue = ordered === 'total' ? { key: allMessages } : keyed;
    if ('queue' in to) return { ...to, ...ofQueue };
    const routingKey = this.#definition.routingKey?.(outgoing) ?? outgoing.type;
    return { exchange: to.exchange, routingKey, ...ofQueue };
  }

  #orderingKey(type: string, key: string | undefined): string | undefined {
    const { ordered = false } = this.#definition;
    if (ordered === false) return undefined;
    if (ordered === 'total') return allMessages;
    if (key === undefined || key === '') {
      throw new ValidationError(
        `${type} is sent in order, but has no key: give SendOptions.key or an aggregate id.`,
      );
    }
    return key;
  }
}
