import type { Channel, ConsumeMessage, Message } from 'amqplib';
import type { Logger } from '../core/log.ts';
import type { Delivery, SubscribeOptions, Subscription, WireMessage } from '../core/types.ts';
import { AckTracker } from './ackTracker.ts';
import { ChannelKeeper, closeQuietly } from './channelKeeper.ts';
import type { Link } from './link.ts';
import { fromAmqp } from './message.ts';

/** One queue consumed on a channel of its own, so that its delivery tags are contiguous and its prefetch is its own. */
export class RabbitSubscription implements Subscription {
  readonly #options: SubscribeOptions;
  readonly #keeper: ChannelKeeper<Channel>;
  #intake: Intake | undefined;
  #cancelled = false;

  constructor(link: Link, options: SubscribeOptions, log: Logger) {
    this.#options = options;
    this.#keeper = new ChannelKeeper({
      create: () => link.model.createChannel(),
      setUp: (channel) => this.#consume(channel),
      onFailure: (error) =>
        log.error({ err: error, queue: options.queue }, 'The queue cannot be consumed; trying again.'),
    });
  }

  get open(): boolean {
    return this.#cancelled || this.#keeper.current !== undefined;
  }

  async whenOpen(signal: AbortSignal): Promise<void> {
    await this.#keeper.whenOpen(signal);
  }

  async cancel(): Promise<void> {
    this.#cancelled = true;
    await this.#intake?.cancel();
  }

  async close(): Promise<void> {
    this.#cancelled = true;
    this.#intake?.flush();
    await this.#keeper.close();
  }

  async #consume(channel: Channel): Promise<void> {
    if (this.#cancelled) return;
    const intake = new Intake(channel, this.#options);
    this.#intake = intake;
    await channel.prefetch(this.#options.prefetch);
    await intake.start();
  }
}

/** The life of one channel: its consumer, and the deliveries that die with it. */
class Intake {
  readonly queue: string;
  readonly #channel: Channel;
  readonly #onDelivery: SubscribeOptions['onDelivery'];
  readonly #acks: AckTracker;
  #consumerTag: string | undefined;
  #dead = false;

  constructor(channel: Channel, { queue, prefetch, onDelivery }: SubscribeOptions) {
    this.queue = queue;
    this.#channel = channel;
    this.#onDelivery = onDelivery;
    this.#acks = new AckTracker(prefetch, (tag, multiple) =>
      this.#use(() => channel.ack(tagged(tag), multiple)),
    );
    channel.on('close', () => {
      this.#dead = true;
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  async start(): Promise<void> {
    const { consumerTag } = await this.#channel.consume(this.queue, (message) => this.#take(message));
    this.#consumerTag = consumerTag;
  }

  async cancel(): Promise<void> {
    const tag = this.#consumerTag;
    if (tag === undefined || this.#dead) return;
    try {
      await this.#channel.cancel(tag);
    } catch {
      // The channel has died, and the consumer with it.
    }
  }

  flush(): void {
    if (!this.#dead) this.#acks.flush();
  }

  ack(tag: number): void {
    if (!this.#dead) this.#acks.ack(tag);
  }

  reject(tag: number, requeue: boolean): void {
    if (this.#dead) return;
    // Not nack: from RabbitMQ 4.3 on only reject counts towards the delivery limit (faults note in docs/runtime.md).
    this.#use(() => this.#channel.reject(tagged(tag), requeue));
    this.#acks.forget(tag);
  }

  #take(message: ConsumeMessage | null): void {
    // Null: the broker has cancelled the consumer, e.g. the queue was deleted. A new channel finds it again, or tells.
    if (message === null) void closeQuietly(this.#channel);
    else this.#onDelivery(new RabbitDelivery(this, message));
  }

  /** A channel that died a moment ago throws synchronously; the deliveries went back to the broker with it. */
  #use(step: () => void): void {
    if (this.#dead) return;
    try {
      step();
    } catch {
      this.#dead = true;
    }
  }
}

/** amqplib reads nothing but the tag. */
function tagged(deliveryTag: number): Message {
  return { fields: { deliveryTag } } as Message;
}

class RabbitDelivery implements Delivery {
  readonly message: WireMessage;
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly #intake: Intake;
  readonly #tag: number;

  constructor(intake: Intake, message: ConsumeMessage) {
    this.message = fromAmqp(message);
    this.queue = intake.queue;
    this.exchange = message.fields.exchange;
    this.routingKey = message.fields.routingKey;
    this.redelivered = message.fields.redelivered;
    this.#intake = intake;
    this.#tag = message.fields.deliveryTag;
  }

  get stale(): boolean {
    return this.#intake.dead;
  }

  ack(): void {
    this.#intake.ack(this.#tag);
  }

  reject(requeue: boolean): void {
    this.#intake.reject(this.#tag, requeue);
  }
}
