import type { Message } from '@aws-sdk/client-sqs';
import { isFifo } from '../aws/fifo.ts';
import { received } from '../aws/wire.ts';
import type { Delivery, Headers, QueueOrigin, WireMessage } from '../core/types.ts';
import type { Lease, Leases } from './leases.ts';

/** A received message. SQS has no way to refuse one: its redrive policy counts how often it was handed out. */
export class SqsDelivery implements Delivery {
  readonly message: WireMessage;
  readonly origin: QueueOrigin;
  readonly redelivered: boolean;
  readonly #lease: Lease;
  readonly #leases: Leases;
  readonly #onSettled: () => void;
  #settled = false;

  constructor(queue: string, lease: Lease, leases: Leases, onSettled: () => void = () => {}) {
    const { Attributes = {} } = lease.message;
    const { message, group } = read(lease.message);
    const key = group ?? Attributes.MessageGroupId;
    this.message = message;
    this.origin = {
      queue,
      exchange: '',
      routingKey: queue,
      // Of a standard queue the group means fairness, not order.
      ...(key === undefined || !isFifo(queue) ? {} : { key }),
    };
    this.redelivered = Number(Attributes.ApproximateReceiveCount ?? 1) > 1;
    this.#lease = lease;
    this.#leases = leases;
    this.#onSettled = onSettled;
  }

  get stale(): boolean {
    return !this.#settled && (this.#lease.state === 'over' || this.#lease.until <= performance.now());
  }

  ack(): void {
    this.#settle(() => this.#leases.delete(this.#lease));
  }

  reject(): void {
    this.#settle(() => this.#leases.giveBack(this.#lease));
  }

  #settle(step: () => void): void {
    if (this.#settled) return;
    if (!this.stale) step();
    this.#settled = true;
    this.#onSettled();
  }
}

/** What a received message carries. */
export function read({ Body = '', MessageAttributes = {}, MessageId = '', Attributes = {} }: Message) {
  const { message, group } = received(Body, MessageAttributes, MessageId);
  const source = Attributes.DeadLetterQueueSourceArn?.split(':').at(-1);
  if (source === undefined) return { message, group };
  // The redrive policy has moved it here: the headers by which the dead-letter tools know a backstop.
  const backstop: Headers = {
    'x-first-death-queue': source,
    'x-first-death-reason': 'received too often',
  };
  return { message: { ...message, headers: { ...backstop, ...message.headers } }, group };
}
