import type { Channel } from 'amqplib';
import { ConnectionLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Backlog, SubscribeOptions, Subscription } from '../core/types.ts';
import { ChannelKeeper, closeQuietly } from './channelKeeper.ts';
import { Intake } from './intake.ts';
import type { Link } from './link.ts';

export type QueueSubscription = Extract<SubscribeOptions, { queue: string }>;

/** One queue consumed on a channel of its own, so that its delivery tags are contiguous and its prefetch is its own. */
export class RabbitSubscription implements Subscription {
  readonly #options: QueueSubscription;
  readonly #keeper: ChannelKeeper<Channel>;
  #intake: Intake | undefined;
  #consumerTag: string | undefined;
  #cancelled = false;

  constructor(link: Link, options: QueueSubscription, log: Logger) {
    const { queue } = options;
    this.#options = options;
    this.#keeper = new ChannelKeeper({
      create: () => link.model.createChannel(),
      setUp: (channel) => this.#consume(channel),
      onFailure: (error) => log.error({ err: error, queue }, 'The queue cannot be consumed; trying again.'),
    });
  }

  get open(): boolean {
    return this.#cancelled || this.#keeper.current !== undefined;
  }

  async whenOpen(signal: AbortSignal): Promise<void> {
    await this.#keeper.whenOpen(signal);
  }

  /** What is ready to be delivered; what consumers hold is not in it. Asks by a passive declaration. */
  async backlog(): Promise<Backlog> {
    const channel = this.#keeper.current;
    if (channel === undefined) throw new ConnectionLostError('RabbitMQ is not connected.');
    const { messageCount } = await channel.checkQueue(this.#options.queue);
    return { messages: messageCount };
  }

  async cancel(): Promise<void> {
    this.#cancelled = true;
    const tag = this.#consumerTag;
    if (tag === undefined) return;
    try {
      await this.#keeper.current?.cancel(tag);
    } catch {
      // The channel has died, and the consumer with it.
    }
  }

  async close(): Promise<void> {
    this.#cancelled = true;
    this.#intake?.flush();
    await this.#keeper.close();
  }

  async #consume(channel: Channel): Promise<void> {
    if (this.#cancelled) return;
    const { queue, prefetch, onDelivery } = this.#options;
    const intake = new Intake(channel, prefetch);
    this.#intake = intake;
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      // Null: the broker has cancelled the consumer, e.g. the queue was deleted. A new channel finds it again, or tells.
      if (message === null) void closeQuietly(channel);
      else onDelivery(intake.delivery(queue, message));
    });
    this.#consumerTag = consumerTag;
  }
}
