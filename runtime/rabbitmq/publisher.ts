import type { Writable } from 'node:stream';
import type { ConfirmChannel, Message } from 'amqplib';
import { unwatchAbort, watchAbort } from '../core/abort.ts';
import { ConnectionLostError, PublishRejectedError, TopologyError, UnroutableError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Destination, WireMessage } from '../core/types.ts';
import { basicPublish, type ExchangeAddress, socketOf } from './basicPublish.ts';
import { ChannelKeeper } from './channelKeeper.ts';
import type { Link } from './link.ts';
import { address } from './message.ts';

interface Pending {
  readonly to: ExchangeAddress;
  readonly messageId: string | undefined;
  /** The broker's words when it has returned the message as unroutable. */
  returned: string | undefined;
}

/** Sends with publisher confirms and `mandatory` (https://www.rabbitmq.com/docs/confirms). */
export class Publisher {
  readonly #link: Link;
  readonly #keeper: ChannelKeeper<ConfirmChannel>;
  /** Oldest first. */
  readonly #pending = new Set<Pending>();
  /** The socket that holds back what is written for this turn. */
  #gathering: Writable | undefined;
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
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        to: address(to),
        messageId: message.properties.messageId,
        returned: undefined,
      };
      const onAbort = () => reject(signal.reason);
      const onSettled = (error: Error | null) => {
        unwatchAbort(signal, onAbort);
        this.#pending.delete(pending);
        const failure = this.#failure(pending, error);
        if (failure === undefined) resolve();
        else reject(failure);
      };
      this.#pending.add(pending);
      this.#gather(channel);
      try {
        basicPublish(channel, pending.to, message, onSettled);
      } catch (error) {
        this.#pending.delete(pending);
        // Headers too large to encode will be so again; anything else thrown here means that the channel is dead.
        if (error instanceof RangeError || error instanceof TypeError) return reject(error);
        this.#keeper.discard(channel);
        return reject(lost(error));
      }
      watchAbort(signal, onAbort);
    });
  }

  /**
   * What is sent in one turn of the event loop leaves the process in one piece: with a system call and a packet for each
   * message, sending took twice the processor time. amqplib writes at the end of the turn, which is why it takes two.
   */
  #gather(channel: ConfirmChannel): void {
    const stream = socketOf(channel);
    if (this.#gathering === stream) return;
    this.#gathering = stream;
    stream.cork();
    setImmediate(() =>
      setImmediate(() => {
        this.#gathering = undefined;
        stream.uncork();
      }),
    );
  }

  #failure(pending: Pending, error: Error | null): Error | undefined {
    if (error === null) {
      return pending.returned === undefined ? undefined : new UnroutableError(pending.returned);
    }
    if (error.message === 'message nacked')
      return new PublishRejectedError('RabbitMQ refused the message (nack).');
    const reason = this.#closeReason;
    // A missing exchange kills the channel for everyone on it; only its own messages are beyond help.
    const isCulprit = reason?.message.includes(`exchange '${pending.to.exchange}'`);
    if (isCulprit && (reason?.code === 404 || reason?.code === 403)) return new TopologyError(reason.message);
    return lost(reason ?? error);
  }

  #markReturned({ fields, properties }: Message): void {
    const { exchange, routingKey } = fields;
    // A return names its message by these alone. Returns come in the order of the sends, so it is one of the first.
    for (const pending of this.#pending) {
      const { to, messageId, returned } = pending;
      if (returned !== undefined || messageId !== properties.messageId) continue;
      if (to.exchange !== exchange || to.routingKey !== routingKey) continue;
      pending.returned = `No queue takes ${JSON.stringify(routingKey)} from ${exchange || 'the default exchange'}.`;
      return;
    }
  }
}

function lost(cause: unknown): ConnectionLostError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConnectionLostError(`The channel closed before the confirmation: ${reason}`);
}
