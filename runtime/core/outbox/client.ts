import type { Transaction } from '../idempotency/transaction.ts';
import { MessageFactory } from '../outgoing.ts';
import type { ProducerDefinition, SendOptions } from '../types.ts';
import type { Outbox } from './outbox.ts';

/** An outbox producer at work: it makes messages and leaves the sending to the relay. */
export class OutboxClient {
  readonly #id: string;
  readonly #ordered: boolean;
  readonly #factory: MessageFactory;
  readonly #outbox: Outbox;

  constructor(id: string, definition: ProducerDefinition, outbox: Outbox) {
    this.#id = id;
    this.#ordered = (definition.ordered ?? false) !== false;
    this.#factory = new MessageFactory(definition);
    this.#outbox = outbox;
  }

  /** Without a transaction the message gets one of its own. */
  async send(
    type: string,
    data: unknown,
    { transaction, ...options }: SendOptions & { readonly transaction?: Transaction } = {},
  ): Promise<{ readonly eventId: string }> {
    const { message, destination, key } = this.#factory.prepare(type, data, options);
    const eventId = message.properties.messageId ?? '';
    const stored = {
      producer: this.#id,
      lane: key ?? eventId,
      ordered: this.#ordered,
      message,
      destination,
    };
    if (transaction === undefined) await this.transact((own) => this.#outbox.add(own, stored));
    else await this.#outbox.add(transaction, stored);
    return { eventId };
  }

  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#outbox.transact(work);
  }
}
