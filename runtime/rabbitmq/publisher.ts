import type { ConfirmChannel, Message } from 'amqplib';
import { ConnectionLostError, PublishRejectedError, TopologyError, UnroutableError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Destination, WireMessage } from '../core/types.ts';
import { ChannelKeeper } from './channelKeeper.ts';
import type { Link } from './link.ts';
import { address, toPublishOptions } from './message.ts';

interface Pending {
  readonly exchange: string;
  readonly routingKey: string;
  /** The broker's words when it has returned the message as unroutable. */
  returned?: string;
}

/** Sends with publisher confirms and `mandatory` (https://www.rabbitmq.com/docs/confirms). */
export class Publisher {
  readonly #link: Link;
  readonly #keeper: ChannelKeeper<ConfirmChannel>;
  /** By address and message id, oldest first: a return names the message only by these. */
  readonly #pending = new Map<string, Pending[]>();
  #closeReason: (Error & { code?: number }) | undefined;

  constructor(link: Link, log: Logger) {
    this.#link = link;
    this.#keeper = new ChannelKeeper({
      create: () => link.model.createConfirmChannel(),
      setUp: async (channel) => this.#setUp(channel),
      onFailure: (error) => log.warn({ err: error }, 'The publishing channel has failed; opening another.'),
    });
  }

  get open(): boolean {
    return this.#keeper.current !== undefined && !this.#link.blocked;
  }

  publish(to: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    const channel = this.#keeper.current;
    if (channel === undefined || this.#link.blocked || signal.aborted)
      return this.#publishLater(to, message, signal);
    return this.#send(channel, to, message, signal);
  }

  async #publishLater(to: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    // While an alarm is on the broker does not read: what is written would only pile up in this process.
    if (this.#link.blocked) await this.#link.whenUnblocked(signal);
    const channel = this.#keeper.current ?? (await this.#keeper.whenOpen(signal));
    return this.#send(channel, to, message, signal);
  }

  close(): Promise<void> {
    return this.#keeper.close();
  }

  #setUp(channel: ConfirmChannel): void {
    this.#closeReason = undefined;
    channel.on('error', (error) => {
      this.#closeReason = error;
    });
    channel.on('return', (message) => this.#markReturned(message));
  }

  #send(channel: ConfirmChannel, to: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    const { exchange, routingKey } = address(to);
    const pending: Pending = { exchange, routingKey };
    const id = pendingId(exchange, routingKey, message.properties.messageId);
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      const onSettled = (error: Error | null) => {
        signal.removeEventListener('abort', onAbort);
        this.#forget(id, pending);
        const failure = this.#failure(pending, error);
        if (failure === undefined) resolve();
        else reject(failure);
      };
      const body = message.body instanceof Buffer ? message.body : Buffer.from(message.body);
      this.#remember(id, pending);
      try {
        // The answer of `publish` (write buffer full) is left alone: the producers' windows bound what is in flight.
        channel.publish(exchange, routingKey, body, toPublishOptions(message), onSettled);
      } catch (error) {
        this.#forget(id, pending);
        // Headers too large to encode will be so again; anything else thrown here means that the channel is dead.
        if (error instanceof RangeError || error instanceof TypeError) return reject(error);
        this.#keeper.discard(channel);
        return reject(lost(error));
      }
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #failure(pending: Pending, error: Error | null): Error | undefined {
    if (error === null) {
      return pending.returned === undefined ? undefined : new UnroutableError(pending.returned);
    }
    if (error.message === 'message nacked')
      return new PublishRejectedError('RabbitMQ refused the message (nack).');
    const reason = this.#closeReason;
    // A missing exchange kills the channel for everyone on it; only its own messages are beyond help.
    const isCulprit = reason?.message.includes(`exchange '${pending.exchange}'`);
    if (isCulprit && (reason?.code === 404 || reason?.code === 403)) return new TopologyError(reason.message);
    return lost(reason ?? error);
  }

  #markReturned({ fields, properties }: Message): void {
    const { exchange, routingKey } = fields;
    const list = this.#pending.get(pendingId(exchange, routingKey, properties.messageId)) ?? [];
    const first = list.find((pending) => pending.returned === undefined);
    if (first !== undefined) {
      first.returned = `No queue takes ${JSON.stringify(routingKey)} from ${exchange || 'the default exchange'}.`;
    }
  }

  #remember(id: string, pending: Pending): void {
    const list = this.#pending.get(id);
    if (list === undefined) this.#pending.set(id, [pending]);
    else list.push(pending);
  }

  #forget(id: string, pending: Pending): void {
    const list = this.#pending.get(id);
    if (list === undefined || list.length === 1) this.#pending.delete(id);
    else list.splice(list.indexOf(pending), 1);
  }
}

function pendingId(exchange: string, routingKey: string, messageId: unknown): string {
  return `${exchange}\n${routingKey}\n${String(messageId)}`;
}

function lost(cause: unknown): ConnectionLostError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConnectionLostError(`The channel closed before the confirmation: ${reason}`);
}
