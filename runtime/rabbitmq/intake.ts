import type { Channel, Message } from 'amqplib';
import type { Delivery, QueueOrigin, WireMessage } from '../core/types.ts';
import { AckTracker } from './ackTracker.ts';
import { fromAmqp } from './message.ts';

/** The deliveries of one channel: they are settled on it, and die with it. */
export class Intake {
  readonly channel: Channel;
  readonly #acks: AckTracker;
  #dead = false;

  constructor(channel: Channel, prefetch: number) {
    this.channel = channel;
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

  delivery(queue: string, message: Message): Delivery {
    return new RabbitDelivery(this, queue, message);
  }

  /** Before the channel is closed: what is settled does not come back. */
  flush(): void {
    if (!this.#dead) this.#acks.flush(true);
  }

  ack(tag: number): void {
    if (!this.#dead) this.#acks.ack(tag);
  }

  reject(tag: number, requeue: boolean): void {
    if (this.#dead) return;
    // Not nack: from RabbitMQ 4.3 on only reject counts towards the delivery limit of a quorum queue
    // (https://www.rabbitmq.com/docs/quorum-queues#poison-message-handling).
    this.#use(() => this.channel.reject(tagged(tag), requeue));
    this.#acks.forget(tag);
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
  readonly origin: QueueOrigin;
  readonly redelivered: boolean;
  readonly #intake: Intake;
  readonly #tag: number;

  constructor(intake: Intake, queue: string, message: Message) {
    this.message = fromAmqp(message);
    const { exchange, routingKey, redelivered } = message.fields;
    this.origin = { queue, exchange, routingKey };
    this.redelivered = redelivered;
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
